#include <gtest/gtest.h>

#include "fixture.h"

namespace oakum::compose {
namespace {

PublishedPort port(const std::string& text) {
  const Project project = web("ports:\n  - " + text);
  EXPECT_EQ(project.errors(), "");
  EXPECT_EQ(project.only().ports.items.size(), 1U);
  return project.only().ports.items.empty() ? PublishedPort() : project.only().ports.items[0].value;
}

struct Expected {
  std::string text, ip;
  std::uint32_t host_first, host_last, first, last;
  std::string protocol = "tcp";
};

TEST(ComposePorts, EveryForm) {
  for (const Expected& e : {
           Expected{"'80'", "", 0, 0, 80, 80},
           Expected{"80", "", 0, 0, 80, 80},
           Expected{"'3000-3005'", "", 0, 0, 3000, 3005},
           Expected{"'8080:80'", "", 8080, 8080, 80, 80},
           Expected{"'9090-9091:8080-8081'", "", 9090, 9091, 8080, 8081},
           Expected{"'9090-9099:80'", "", 9090, 9099, 80, 80},
           Expected{"'127.0.0.1:8001:8001/UDP'", "127.0.0.1", 8001, 8001, 8001, 8001, "udp"},
           Expected{"'127.0.0.1::5000'", "127.0.0.1", 0, 0, 5000, 5000},
           Expected{"'[::1]:6000:6001'", "::1", 6000, 6000, 6001, 6001},
           Expected{"'[::1]::6001'", "::1", 0, 0, 6001, 6001},
           Expected{"'::1:6000:6001'", "::1", 6000, 6000, 6001, 6001},
           Expected{"{target: 80, published: '8080-8090', host_ip: 0.0.0.0, protocol: tcp, mode: host}", "0.0.0.0",
                    8080, 8090, 80, 80},
           Expected{"{target: 80}", "", 0, 0, 80, 80},
       }) {
    const PublishedPort got = port(e.text);
    EXPECT_EQ(got.host_ip, e.ip) << e.text;
    EXPECT_EQ(got.host_first, e.host_first) << e.text;
    EXPECT_EQ(got.host_last, e.host_last) << e.text;
    EXPECT_EQ(got.container_first, e.first) << e.text;
    EXPECT_EQ(got.container_last, e.last) << e.text;
    EXPECT_EQ(got.protocol, e.protocol) << e.text;
  }
}

TEST(ComposePorts, WrongOnesAreTold) {
  EXPECT_EQ(web("ports: ['8080:x']").errors(), "compose.yaml:3:13: \"x\" is not a port of the container\n");
  EXPECT_EQ(web("ports: ['70000:80']").errors(), "compose.yaml:3:13: \"70000\" is not a port of the host\n");
  EXPECT_EQ(web("ports: ['1-2:1-3']").errors(), "compose.yaml:3:13: the ranges of host and container differ in size\n");
  EXPECT_EQ(web("ports: [{published: 1}]").errors(), "compose.yaml:3:13: has no \"target\"\n");
}

TEST(ComposePorts, AVariableIsNotKnown) {
  const Project project = web("ports: ['${P}:80', '${P:-8080}:80']");
  const auto& items = project.only().ports.items;
  ASSERT_EQ(items.size(), 2U);
  EXPECT_FALSE(items[0].known);
  EXPECT_EQ(items[1].value.host_first, 8080U);
}

TEST(ComposeNetworks, AttachmentsKnowTheirNetwork) {
  const std::string top = "networks:\n  back: {internal: true}\n  out: {external: true, name: x}\n  front:\n";
  const Project list = web("networks: [front, back]", top);
  ASSERT_EQ(list.only().networks.items.size(), 2U);
  EXPECT_FALSE(list.only().networks.items[0].value.internal);
  EXPECT_TRUE(list.only().networks.items[1].value.internal);
  const Project map =
      web("networks:\n  back: {aliases: [a], ipv4_address: 10.0.0.2, ipv6_address: '::2'}\n  out:", top);
  const auto& items = map.only().networks.items;
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].value.aliases, Texts{"a"});
  EXPECT_EQ(items[0].value.ipv4, "10.0.0.2");
  EXPECT_TRUE(items[1].value.external);
  EXPECT_EQ(map.cut(items[1].origin), "out");
  const ComposeProject& project = map.subjects.projects[0];
  ASSERT_EQ(project.networks.size(), 3U);
  EXPECT_TRUE(project.networks[0].internal.is(true));
  EXPECT_TRUE(project.networks[1].external.is(true));
  EXPECT_FALSE(static_cast<bool>(project.networks[2].internal));
}

TEST(ComposeNetworks, OtherKeys) {
  const Workload& service = web("network_mode: host\nexpose: ['80', '90-91/udp']\ndns: 8.8.8.8\ndns_search: [a]\n"
                                "dns_opt: [b]\nextra_hosts: {h: 1.2.3.4}\nlinks: ['db:d']\nhostname: n")
                                .only();
  EXPECT_EQ(*service.network_mode, "host");
  ASSERT_EQ(service.exposed.items.size(), 2U);
  EXPECT_EQ(service.exposed.items[1].value.last, 91U);
  EXPECT_EQ(service.exposed.items[1].value.protocol, "udp");
  EXPECT_EQ(values(service.dns), Texts{"8.8.8.8"});
  EXPECT_EQ(values(service.dns_options), (Texts{"a", "b"}));
  EXPECT_EQ(values(service.extra_hosts), Texts{"h:1.2.3.4"});
  EXPECT_EQ(values(service.links), Texts{"db:d"});
  EXPECT_EQ(*service.hostname, "n");
}

}  // namespace
}  // namespace oakum::compose
