// The small parts: sockets of /proc, archives, probes, Dockerfiles for the classic builder.
#include <gtest/gtest.h>

#include "read/dockerfile/dockerfile.h"
#include "trial/classic_dockerfile.h"
#include "trial/client.h"
#include "trial/host_paths.h"
#include "trial/identity.h"
#include "trial/probe.h"
#include "trial/relax.h"
#include "trial/sockets.h"
#include "trial/tar_writer.h"
#include "trial/wants.h"

namespace oakum::trial {
namespace {

TEST(Sockets, OnlyWhatListens) {
  const char* text =
      "  sl  local_address rem_address   st tx_queue\n"
      "   0: 00000000:0050 00000000:0000 0A 00000000:00000000\n"
      "   1: 0B00007F:B56F 00000000:0000 0A 00000000:00000000\n"
      "   2: 020011AC:9C40 030011AC:1538 01 00000000:00000000\n"
      "   3: broken\n";
  std::vector<ListeningPort> ports;
  parse_sockets(text, "tcp", ports);
  EXPECT_EQ(ports, (std::vector<ListeningPort>{{"tcp", 80}}));
  ports.clear();
  parse_sockets("head\n 1: 00000000:0035 00000000:0000 07 0\n 2: 00000000:C001 00000000:0000 07 0\n", "udp", ports);
  EXPECT_EQ(ports, (std::vector<ListeningPort>{{"udp", 53}})) << "a client's port is none";
}

TEST(Frames, TwoStreamsInOne) {
  const std::string bytes = std::string("\1\0\0\0\0\0\0\3out", 11) + std::string("\2\0\0\0\0\0\0\4errs", 12);
  EXPECT_EQ(unframed(bytes), "outerrs");
  EXPECT_EQ(unframed("plain text, as of a terminal"), "plain text, as of a terminal");
  EXPECT_EQ(unframed(std::string("\1\0\0\0\xff\xff\xff\xffx", 9)), "x") << "cut off";
  EXPECT_EQ(unframed(""), "");
}

TEST(Tar, HeadersAreWellFormed) {
  TarWriter tar;
  tar.add_directory("d", 0755);
  tar.add_file("d/f", "hello", 0640);
  tar.add_link("l", "d/f");
  tar.add_file(std::string(150, 'x'), "long", 0644);
  const std::string bytes = std::move(tar).finish();
  EXPECT_EQ(bytes.size() % 512, 0U);
  EXPECT_EQ(bytes.substr(0, 2), "d/");
  EXPECT_EQ(bytes.substr(512, 3), "d/f");
  EXPECT_EQ(bytes.substr(512 + 124, 11), "00000000005");
  EXPECT_EQ(bytes.substr(1024, 5), "hello");
  unsigned sum = 0;
  const auto counted = [&](std::size_t i) { return i >= 148 && i < 156 ? ' ' : bytes[i]; };
  for (std::size_t i = 0; i < 512; ++i) sum += static_cast<unsigned char>(counted(i));
  EXPECT_EQ(std::stoul(bytes.substr(148, 6), nullptr, 8), sum);
  EXPECT_NE(bytes.find("././@LongLink"), std::string::npos);
}

TEST(Wants, OwnerOfAnArchivesHeader) {
  std::string header(512, '\0');
  header.replace(108, 7, "0001747");  // 999
  header.replace(116, 7, "0000144");  // 100
  EXPECT_EQ(owner_of_header(header), "999:100");
  EXPECT_EQ(owner_of_header("short"), "");
}

TEST(Probe, NamesAndUrls) {
  const auto command = parse_probe("web=test -e /x");
  ASSERT_TRUE(command);
  EXPECT_EQ(command->service, "web");
  EXPECT_EQ(command->text, "test -e /x");
  EXPECT_FALSE(command->is_url);
  const auto url = parse_probe("http://localhost:8080/a?b=c");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->service, "");
  EXPECT_EQ(url->text, "http://localhost:8080/a?b=c");
  EXPECT_TRUE(url->is_url);
  EXPECT_EQ(parse_probe("curl -d a=b localhost")->service, "");
  EXPECT_FALSE(parse_probe("web="));
}

TEST(Probe, AUrlIsAskedAtTheContainer) {
  Workload w;
  w.name = "web";
  w.ports.add({"", 8080, 8081, 80, 81, "tcp", "8080-8081:80-81"}, {});
  EXPECT_EQ(url_at("http://localhost:8081/x", w, "10.0.0.2"), "http://10.0.0.2:81/x");
  EXPECT_EQ(url_at("http://localhost:9000/x?y", w, "10.0.0.2"), "http://10.0.0.2:9000/x?y");
  EXPECT_EQ(url_at("http://localhost/", w, "10.0.0.2"), "http://10.0.0.2/");
  w.ports.add({"", 80, 80, 3000, 3000, "tcp", "80:3000"}, {});
  EXPECT_EQ(url_at("http://localhost/", w, "10.0.0.2"), "http://10.0.0.2:3000/");
  EXPECT_EQ(url_at("https://web", w, "10.0.0.2"), "https://10.0.0.2");
  EXPECT_EQ(url_at("http://example.org:8080/", w, "10.0.0.2"), "http://example.org:8080/");
}

TEST(HostPaths, WhatIsNotHandedOut) {
  EXPECT_TRUE(is_engine_socket("/var/run/docker.sock"));
  EXPECT_TRUE(is_engine_socket("/run/user/1000/podman/podman.sock"));
  EXPECT_FALSE(is_engine_socket("/run/app.sock"));
  for (const char* path : {"/", "/run", "/run/", "/var/run", "/var", "/srv/x"})
    EXPECT_TRUE(holds_engine_socket(path, "/srv/x/d.sock")) << path;
  for (const char* path : {"/etc", "/srv/xy", "/home"})
    EXPECT_FALSE(holds_engine_socket(path, "/srv/x/d.sock")) << path;
  EXPECT_FALSE(holds_engine_socket("/srv", ""));
  for (const char* path :
       {"/", "/etc", "/etc/", "/etc/passwd", "/var/run/x", "/var/lib/docker/volumes", "/home", "/proc"})
    EXPECT_TRUE(is_system_path(path)) << path;
  for (const char* path : {"/home/me/app", "/srv/app", "/var/lib/shop", "/etcetera", "/tmp/x", "/opt/app"})
    EXPECT_FALSE(is_system_path(path)) << path;
}

TEST(Identity, OwnTrialIsNotAbandoned) {
  const std::string own = own_trial_id();
  EXPECT_FALSE(is_abandoned(own));
  EXPECT_TRUE(is_abandoned(own + "0")) << "another start of the same process id";
  EXPECT_FALSE(is_abandoned("other-machine-1-1"));
  EXPECT_FALSE(is_abandoned(""));
  EXPECT_FALSE(is_abandoned("x"));
}

TEST(Relax, OnlyWhatTheMachineCannot) {
  net::Json request{{"HostConfig",
                     {{"Privileged", true},
                      {"Init", true},
                      {"CapAdd", net::Json::array()},
                      {"SecurityOpt", net::Json::array()},
                      {"DeviceCgroupRules", net::Json::array()},
                      {"Ulimits", net::Json::array()}}}};
  EXPECT_EQ(relax(request, "exec: \"/app\": permission denied"), std::nullopt);
  EXPECT_TRUE(relax(request, "OCI runtime create failed: unable to apply caps: operation not permitted"));
  EXPECT_EQ(request["HostConfig"]["Privileged"], false);
  EXPECT_FALSE(request["HostConfig"]["CapAdd"].empty());
  EXPECT_TRUE(relax(request, "exec: \"docker-init\": executable file not found in $PATH"));
  EXPECT_FALSE(request["HostConfig"].contains("Init"));
  EXPECT_EQ(relax(request, "docker-init"), std::nullopt) << "there is nothing left to leave out";
}

ClassicDockerfile classic(const std::string& text) {
  return for_classic_builder(dockerfile::read(text, 0, {}), text, "oakum.trial=id");
}

TEST(ClassicDockerfile, WithoutWhatOnlySavesTime) {
  const auto result =
      classic("FROM a AS b\nRUN --mount=type=cache,target=/x make\nFROM scratch\nCOPY --link --from=b /o /o\n");
  EXPECT_EQ(
      result.text,
      "FROM a AS b\nLABEL oakum.trial=id\n\nRUN  make\nFROM scratch\nLABEL oakum.trial=id\n\nCOPY  --from=b /o /o\n");
  EXPECT_EQ(result.cannot, "");
  EXPECT_EQ(result.taken_out.size(), 2U);
}

TEST(ClassicDockerfile, SaysWhatItCannot) {
  EXPECT_EQ(classic("FROM a\nRUN --mount=type=secret,id=s cat /run/secrets/s\n").cannot,
            "RUN --mount=type=secret,id=s");
  EXPECT_NE(classic("FROM a\nRUN <<E\ntrue\nE\n").cannot, "");
  EXPECT_EQ(classic("FROM --platform=linux/amd64 a\nCOPY --chown=1:1 a b\nHEALTHCHECK --interval=1s CMD true\n").cannot,
            "");
}

}  // namespace
}  // namespace oakum::trial
