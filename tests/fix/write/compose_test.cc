#include "read/compose/compose.h"

#include <functional>
#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "fix/kit/text.h"
#include "fix/write/write.h"

namespace oakum::fix {
namespace {

using Changes = std::function<std::vector<Change>(const Workload&)>;
using Act = Change::Act;

struct Case {
  std::string name;
  std::string before;
  Changes changes;
  std::string after;
  std::string refused;  // part of the reason; "" when it is done
};

void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }

using Texts = std::map<std::string, std::string>;

class GivenFiles : public compose::Files {
 public:
  explicit GivenFiles(Texts given) : files_(std::move(given)) {}
  Result<std::string> read(const std::string& path) const override {
    const auto found = files_.find(path);
    if (found == files_.end()) return fail(ErrorCode::not_found, path, "is not there");
    return found->second;
  }

 private:
  Texts files_;
};

const Workload& service(const Subjects& subjects, std::string_view name = "web") {
  for (const Workload& workload : subjects.workloads) {
    if (workload.name == name) return workload;
  }
  ADD_FAILURE() << "no service " << name;
  return subjects.workloads.front();
}

Subjects read(std::string_view text) {
  Subjects subjects;
  compose::read({{"compose.yml", std::string(text)}}, GivenFiles(Texts()), {}, subjects);
  return subjects;
}

std::string written(const Subjects& subjects, const Written& edits, std::uint32_t number) {
  std::vector<Edit> own;
  for (const Edit& edit : *edits) {
    if (edit.source == number) own.push_back(edit);
  }
  const auto result = apply_edits(subjects.source(number)->text, std::move(own));
  return result ? *result : result.error().message();
}

Changes just(Act act, Key key, Value value = {}) {
  return [=](const Workload&) { return std::vector<Change>{{act, key, value, std::nullopt}}; };
}
Changes add(Key key, Value value) { return just(Act::add, key, std::move(value)); }
Changes set(Key key, Value value) { return just(Act::set, key, std::move(value)); }

// At where the field is stated.
template <class T>
Changes set_at(Key key, Field<T> Workload::* field, Value value) {
  return [=](const Workload& w) { return std::vector<Change>{{Act::set, key, value, (w.*field).origin()}}; };
}
template <class T>
Changes remove_at(Key key, Field<T> Workload::* field) {
  return [=](const Workload& w) { return std::vector<Change>{{Act::remove, key, {}, (w.*field).origin()}}; };
}
template <class T>
Changes remove_item(Key key, List<T> Workload::* list, std::size_t i) {
  return [=](const Workload& w) { return std::vector<Change>{{Act::remove, key, {}, (w.*list).items.at(i).origin}}; };
}
Changes near(std::size_t i, std::string ip = "127.0.0.1") {
  return [=](const Workload& w) {
    PublishedPort port = w.ports.items.at(i).value;
    port.host_ip = ip;
    return std::vector<Change>{{Act::set, Key::ports, port, w.ports.items.at(i).origin}};
  };
}
Changes mount_with(std::size_t i, void (*alter)(Mount&)) {
  return [=](const Workload& w) {
    Mount mount = w.mounts.items.at(i).value;
    alter(mount);
    return std::vector<Change>{{Act::set, Key::mounts, mount, w.mounts.items.at(i).origin}};
  };
}
void read_only(Mount& mount) { mount.read_only = true; }
void no_exec(Mount& mount) {
  std::erase_if(mount.options, [](const KeyValue& option) { return option.key == "exec"; });
}
void private_mounts(Mount& mount) { mount.propagation = "rslave"; }
void other_source(Mount& mount) { mount.source = "./data"; }

Mount tmpfs(std::string target, std::vector<KeyValue> options = {}) {
  Mount mount{.kind = MountKind::tmpfs, .type = "tmpfs"};
  mount.target = std::move(target);
  mount.options = std::move(options);
  return mount;
}

class WriteCompose : public testing::TestWithParam<Case> {};

TEST_P(WriteCompose, GivesTheseBytes) {
  const Case& one = GetParam();
  const Subjects subjects = read(one.before);
  ASSERT_TRUE(subjects.errors.empty()) << subjects.errors.front().message();
  const Workload& web = service(subjects);
  ParsedTexts texts;
  const Written edits = write(subjects, texts, web, one.changes(web));
  if (!one.refused.empty()) {
    ASSERT_FALSE(edits) << written(subjects, edits, 0);
    EXPECT_NE(edits.error().why.find(one.refused), std::string::npos) << edits.error().why;
    return;
  }
  ASSERT_TRUE(edits) << edits.error().why;
  const std::string after = written(subjects, edits, subjects.sources.front().number);
  EXPECT_EQ(after, one.after);
  EXPECT_TRUE(read(after).errors.empty());
}

const std::string kWeb = "services:\n  web:\n    image: nginx:1.27\n";

std::string web_with(std::string_view lines) { return kWeb + std::string(lines); }

Case in_web(std::string name, std::string_view before, Changes changes, std::string_view after) {
  return {std::move(name), web_with(before), std::move(changes), web_with(after), ""};
}
Case refused(std::string name, std::string_view before, Changes changes, std::string why) {
  return {std::move(name), web_with(before), std::move(changes), "", std::move(why)};
}

std::vector<Case> plain_cases() {
  return {
      in_web("user", "", set(Key::user, std::string("65532:65532")), "    user: \"65532:65532\"\n"),
      in_web("user_in_place", "    user: root  # why\n    tty: true\n",
             set_at(Key::user, &Workload::user, std::string("1000")), "    user: \"1000\"  # why\n    tty: true\n"),
      in_web("user_with_its_quotes", "    user: '0:0'\n", set_at(Key::user, &Workload::user, std::string("1000:1000")),
             "    user: '1000:1000'\n"),
      refused("user_of_a_variable", "    user: ${UID:-0}\n", set_at(Key::user, &Workload::user, std::string("1000")),
              "comes from a variable"),
      in_web("read_only", "    # the end\n\nvolumes:\n  data:\n", set(Key::read_only, true),
             "    read_only: true\n    # the end\n\nvolumes:\n  data:\n"),
      in_web("privileged_off", "    privileged: true # no\n    tty: true\n",
             set_at(Key::privileged, &Workload::privileged, false), "    tty: true\n"),
      in_web("pid_mode_gone", "    pid: host\n", remove_at(Key::pid_mode, &Workload::pid_mode), ""),
      in_web("network_mode", "    network_mode: \"host\"\n",
             set_at(Key::network_mode, &Workload::network_mode, std::string("none")), "    network_mode: \"none\"\n"),
      in_web("init", "", set(Key::init, true), "    init: true\n"),
      refused("what_compose_has_not", "", set(Key::automount_token, false), "no key"),
      {"image", kWeb, set_at(Key::image, &Workload::image, std::string("nginx:1.27@sha256:00")),
       "services:\n  web:\n    image: nginx:1.27@sha256:00\n", ""},
      in_web(
          "one_place_for_several", "    cap_add: [NET_RAW]\n    tty: true\n",
          [](const Workload& w) {
            return std::vector<Change>{{Act::add, Key::cap_drop, std::string("ALL"), std::nullopt},
                                       {Act::remove, Key::cap_add, {}, w.cap_add.items.front().origin},
                                       {Act::add, Key::cap_add, std::string("CHOWN"), std::nullopt},
                                       {Act::set, Key::no_new_privileges, true, std::nullopt}};
          },
          "    tty: true\n    cap_drop:\n      - ALL\n    cap_add:\n      - CHOWN\n    security_opt:\n"
          "      - no-new-privileges:true\n"),
      in_web("cap_drop_beside_its_key", "    cap_add:\n    - CHOWN # c\n", add(Key::cap_drop, std::string("ALL")),
             "    cap_add:\n    - CHOWN # c\n    cap_drop:\n    - ALL\n"),
      in_web("cap_add_item_gone", "    cap_add:\n      - NET_ADMIN # a\n      # kept\n      - CHOWN\n",
             remove_item(Key::cap_add, &Workload::cap_add, 0), "    cap_add:\n      # kept\n      - CHOWN\n"),
      in_web("sysctl_gone_from_a_list", "    sysctls:\n      - net.a=1\n      - net.b=2\n",
             remove_item(Key::sysctls, &Workload::sysctls, 1), "    sysctls:\n      - net.a=1\n"),
      in_web("sysctl_gone_from_a_mapping", "    sysctls:\n      net.a: 1\n    tty: true\n",
             remove_item(Key::sysctls, &Workload::sysctls, 0), "    tty: true\n"),
      in_web("device_gone", "    devices: [\"/dev/sda:/dev/sda\", '/dev/null']\n",
             remove_item(Key::devices, &Workload::devices, 0), "    devices: ['/dev/null']\n"),
      in_web("rule_gone", "    device_cgroup_rules:\n      - 'a *:* rwm'\n",
             remove_item(Key::device_cgroup_rules, &Workload::device_cgroup_rules, 0), ""),
  };
}

std::vector<Case> security_cases() {
  return {
      in_web("no_new_privileges_replaces_false", "    security_opt:\n      - no-new-privileges:false # x\n",
             set_at(Key::no_new_privileges, &Workload::no_new_privileges, true),
             "    security_opt:\n      - no-new-privileges:true # x\n"),
      in_web("seccomp_default", "    security_opt:\n      - seccomp:unconfined\n      - label=disable\n",
             set_at(Key::seccomp, &Workload::seccomp, std::string("default")),
             "    security_opt:\n      - label=disable\n"),
      in_web("seccomp_gone", "    security_opt: [seccomp=unconfined]\n", remove_at(Key::seccomp, &Workload::seccomp),
             ""),
      in_web("apparmor_gone", "    security_opt:\n    - apparmor:unconfined\n    tty: true\n",
             remove_at(Key::apparmor, &Workload::apparmor), "    tty: true\n"),
      in_web("apparmor_profile", "", set(Key::apparmor, std::string("mine")),
             "    security_opt:\n      - apparmor:mine\n"),
      in_web("selinux_gone", "    security_opt:\n      - label:disable\n      - no-new-privileges\n",
             remove_at(Key::selinux, &Workload::selinux), "    security_opt:\n      - no-new-privileges\n"),
      in_web("unmasked_paths_gone", "    security_opt:\n      - systempaths=unconfined\n",
             remove_at(Key::unmasked_paths, &Workload::unmasked_paths), ""),
  };
}

std::vector<Case> file_cases() {
  return {
      in_web("tmpfs", "", add(Key::mounts, tmpfs("/tmp")), "    tmpfs:\n      - /tmp\n"),
      in_web("tmpfs_with_options", "    tmpfs: /run\n",
             add(Key::mounts, tmpfs("/tmp", {{"size", "64m"}, {"mode", "1777"}})),
             "    tmpfs:\n      - /run\n      - /tmp:size=64m,mode=1777\n"),
      in_web("tmpfs_there", "    tmpfs: [/tmp]\n", add(Key::mounts, tmpfs("/tmp")), "    tmpfs: [/tmp]\n"),
      in_web("tmpfs_exec", "    tmpfs:\n      - /tmp:exec,size=1m\n", mount_with(0, no_exec),
             "    tmpfs:\n      - /tmp:size=1m\n"),
      in_web("read_only_mount", "    volumes:\n      - \"/etc:/etc\" # all\n", mount_with(0, read_only),
             "    volumes:\n      - \"/etc:/etc:ro\" # all\n"),
      in_web("read_only_in_place_of_rw", "    volumes:\n      - /etc:/etc:rw,z\n", mount_with(0, read_only),
             "    volumes:\n      - /etc:/etc:ro,z\n"),
      in_web("read_only_with_a_variable", "    volumes:\n      - ${DIR:-/etc}:/etc\n", mount_with(0, read_only),
             "    volumes:\n      - ${DIR:-/etc}:/etc:ro\n"),
      in_web("read_only_long",
             "    volumes:\n      - type: bind\n        source: /etc\n        target: /etc\n    tty: true\n",
             mount_with(0, read_only),
             "    volumes:\n      - type: bind\n        source: /etc\n        target: /etc\n        read_only: true\n"
             "    tty: true\n"),
      in_web("propagation", "    volumes:\n      - /mnt:/mnt:ro,rshared\n", mount_with(0, private_mounts),
             "    volumes:\n      - /mnt:/mnt:ro,rslave\n"),
      in_web("propagation_long",
             "    volumes:\n    - type: bind\n      source: /mnt\n      target: /mnt\n      bind: {propagation: "
             "rshared}\n",
             mount_with(0, private_mounts),
             "    volumes:\n    - type: bind\n      source: /mnt\n      target: /mnt\n      bind: {propagation: "
             "rslave}\n"),
      in_web("source", "    volumes: ['/:/data']\n", mount_with(0, other_source), "    volumes: ['./data:/data']\n"),
      refused("source_of_a_variable", "    volumes:\n      - ${DIR:-/}:/data\n", mount_with(0, other_source),
              "variables"),
      in_web("mount_gone", "    volumes:\n      - /var/run/docker.sock:/var/run/docker.sock\n    tty: true\n",
             remove_item(Key::mounts, &Workload::mounts, 0), "    tty: true\n"),
  };
}

std::vector<Case> network_cases() {
  return {
      in_web("port_near", "    ports:\n      - \"8080:80\"\n      - '443:443/tcp'\n", near(1),
             "    ports:\n      - \"8080:80\"\n      - '127.0.0.1:443:443/tcp'\n"),
      in_web("port_without_quotes", "    ports:\n      - 8080:80 # web\n", near(0),
             "    ports:\n      - 127.0.0.1:8080:80 # web\n"),
      in_web("port_of_the_engines_choice", "    ports: [\"80\"]\n", near(0), "    ports: [\"127.0.0.1::80\"]\n"),
      in_web("port_range", "    ports:\n    - 8000-8010:80-90/udp\n", near(0),
             "    ports:\n    - 127.0.0.1:8000-8010:80-90/udp\n"),
      in_web("port_with_an_address", "    ports:\n    - 0.0.0.0:80:80\n", near(0),
             "    ports:\n    - 127.0.0.1:80:80\n"),
      in_web("port_six", "    ports:\n    - \"[::]:80:80\"\n", near(0, "::1"), "    ports:\n    - \"[::1]:80:80\"\n"),
      in_web("port_of_a_variable", "    ports:\n    - \"${PORT:-80}:80\"\n", near(0),
             "    ports:\n    - \"127.0.0.1:${PORT:-80}:80\"\n"),
      refused("address_of_a_variable", "    ports:\n    - \"${IP:-0.0.0.0}:80:80\"\n", near(0), "variable"),
      in_web("port_long", "    ports:\n      - target: 80\n        published: 8080\n", near(0),
             "    ports:\n      - target: 80\n        published: 8080\n        host_ip: 127.0.0.1\n"),
      in_web("port_gone", "    ports:\n      - 22:22\n      - 80:80\n", remove_item(Key::ports, &Workload::ports, 0),
             "    ports:\n      - 80:80\n"),
      in_web("port_added", "", add(Key::ports, PublishedPort{"127.0.0.1", 80, 80, 8080, 8080, "tcp", ""}),
             "    ports:\n      - 127.0.0.1:80:8080\n"),
  };
}

std::vector<Case> resource_cases() {
  constexpr std::int64_t kMegabyte = 1 << 20;
  return {
      in_web("memory", "", set(Key::memory, 512 * kMegabyte), "    mem_limit: 512m\n"),
      in_web("memory_in_place", "    mem_limit: '-1'\n", set_at(Key::memory, &Workload::memory, 1024 * kMegabyte),
             "    mem_limit: '1g'\n"),
      in_web("memory_below_deploy", "    deploy:\n      resources:\n        limits:\n          cpus: '1'\n",
             set(Key::memory, 512 * kMegabyte),
             "    deploy:\n      resources:\n        limits:\n          cpus: '1'\n          memory: 512m\n"),
      in_web("cpus", "", set(Key::cpus, 0.5), "    cpus: 0.5\n"),
      in_web("cpus_below_deploy", "    deploy:\n      resources: {limits: {memory: 1g}}\n", set(Key::cpus, 1.0),
             "    deploy:\n      resources: {limits: {memory: 1g, cpus: \"1\"}}\n"),
      in_web("cpu_quota_gives_way", "    cpu_quota: -1\n    tty: true\n", set_at(Key::cpus, &Workload::cpus, 1.5),
             "    tty: true\n    cpus: 1.5\n"),
      in_web("pids", "", set(Key::pids_limit, std::int64_t{200}), "    pids_limit: 200\n"),
      in_web("memory_request", "", set(Key::memory_request, 64 * kMegabyte), "    mem_reservation: 64m\n"),
      in_web("cpu_request", "", set(Key::cpu_request, 0.25),
             "    deploy:\n      resources:\n        reservations:\n          cpus: \"0.25\"\n"),
      in_web("oom_kill", "    oom_kill_disable: true\n", remove_at(Key::oom_kill_disable, &Workload::oom_kill_disable),
             ""),
      refused("memory_of_a_variable", "    mem_limit: ${MEM:-0}\n", set_at(Key::memory, &Workload::memory, kMegabyte),
              "variable"),
  };
}

std::vector<Case> environment_cases() {
  return {
      in_web("variable_as_mapping", "", set(Key::environment, KeyValue{"A", "yes"}),
             "    environment:\n      A: \"yes\"\n"),
      in_web("variable_in_a_mapping", "    environment:\n        B: c # d\n",
             set(Key::environment, KeyValue{"A", "x$y"}), "    environment:\n        B: c # d\n        A: x$$y\n"),
      in_web("variable_in_a_list", "    environment:\n      - B=c\n      - A\n",
             set(Key::environment, KeyValue{"A", "1"}), "    environment:\n      - B=c\n      - A=1\n"),
      in_web(
          "variable_at", "    environment:\n      A: 'b'\n      C: d\n",
          [](const Workload& w) {
            return std::vector<Change>{
                {Act::set, Key::environment, KeyValue{"A", "z"}, w.environment.items.front().origin}};
          },
          "    environment:\n      A: 'z'\n      C: d\n"),
      in_web("variable_gone", "    environment:\n      - A=b\n      - C=d\n",
             remove_item(Key::environment, &Workload::environment, 0), "    environment:\n      - C=d\n"),
      in_web("last_variable_gone", "    environment:\n      A: b\n    tty: true\n",
             remove_item(Key::environment, &Workload::environment, 0), "    tty: true\n"),
  };
}

HealthCheck check() {
  HealthCheck result;
  result.test = {{"curl -f http://localhost/ || exit 1"}, true};
  result.interval = "30s";
  result.retries = 3;
  return result;
}

std::vector<Case> life_cases() {
  return {
      in_web("healthcheck", "", set(Key::healthcheck, check()),
             "    healthcheck:\n      test:\n        - CMD-SHELL\n        - curl -f http://localhost/ || exit 1\n"
             "      interval: 30s\n      retries: 3\n"),
      in_web("healthcheck_on_again", "    healthcheck:\n      disable: true\n",
             remove_at(Key::healthcheck, &Workload::healthcheck), ""),
      in_web("healthcheck_none", "    healthcheck: {test: [NONE]}\n    tty: true\n",
             remove_at(Key::healthcheck, &Workload::healthcheck), "    tty: true\n"),
      in_web("restart", "    restart: always\n", set_at(Key::restart, &Workload::restart, std::string("on-failure:5")),
             "    restart: on-failure:5\n"),
      in_web("restart_no", "", set(Key::restart, std::string("no")), "    restart: \"no\"\n"),
      in_web("restart_below_deploy", "    deploy:\n      restart_policy:\n        condition: any\n",
             set_at(Key::restart, &Workload::restart, std::string("on-failure:5")),
             "    deploy:\n      restart_policy:\n        condition: on-failure\n        max_attempts: 5\n"),
      in_web("logging", "", set(Key::logging, Logging{"json-file", {{"max-size", "10m"}, {"max-file", "3"}}}),
             "    logging:\n      driver: json-file\n      options:\n        max-size: 10m\n        max-file: \"3\"\n"),
      in_web("logging_options", "    logging:\n      driver: json-file\n",
             set_at(Key::logging, &Workload::logging, Logging{"json-file", {{"max-size", "10m"}}}),
             "    logging:\n      driver: json-file\n      options:\n        max-size: 10m\n"),
      in_web("logging_driver", "    logging: {driver: none, options: {x: a}}\n",
             set_at(Key::logging, &Workload::logging, Logging{"local", {}}), "    logging: {driver: local}\n"),
  };
}

const std::string kAnchored =
    "x-base: &base\n  privileged: true\n  cap_add: [SYS_ADMIN] # all need it\n\nservices:\n  web:\n    <<: *base\n"
    "    image: a:1 # pinned\n  other:\n    <<: *base\n    image: b:1\n";

std::vector<Case> shape_cases() {
  return {
      {"a_merged_value_is_changed_there",
       "x-base: &base\n  read_only: false # x\nservices:\n  web:\n    <<: *base\n    image: a\n",
       set_at(Key::read_only, &Workload::read_only, true),
       "x-base: &base\n  read_only: true # x\nservices:\n  web:\n    <<: *base\n    image: a\n", ""},
      {"a_shared_user_of_other_images",
       "x-base: &base\n  user: root\nservices:\n  web:\n    <<: *base\n    image: a\n  b:\n    <<: *base\n    image: "
       "b\n",
       set_at(Key::user, &Workload::user, std::string("1000")), "", "other images"},
      {"logging_of_an_alias", "x-log: &log\n  driver: json-file\nservices:\n  web:\n    image: a\n    logging: *log\n",
       set_at(Key::logging, &Workload::logging, Logging{"json-file", {{"max-size", "10m"}}}),
       "x-log: &log\n  driver: json-file\n  options:\n    max-size: 10m\nservices:\n  web:\n    image: a\n    logging: "
       "*log\n",
       ""},
      {"logging_that_is_merged",
       "x-base: &base\n  logging: {driver: local}\nservices:\n  web:\n    <<: *base\n    image: a\n  b:\n    <<: "
       "*base\n    image: b\n",
       set_at(Key::logging, &Workload::logging, Logging{"local", {{"max-size", "10m"}}}),
       "x-base: &base\n  logging: {driver: local, options: {max-size: 10m}}\nservices:\n  web:\n    <<: *base\n    "
       "image: a\n"
       "  b:\n    <<: *base\n    image: b\n",
       ""},
      {"a_merged_value_is_taken_away_there", kAnchored, remove_at(Key::privileged, &Workload::privileged),
       "x-base: &base\n  cap_add: [SYS_ADMIN] # all need it\n\nservices:\n  web:\n    <<: *base\n"
       "    image: a:1 # pinned\n  other:\n    <<: *base\n    image: b:1\n",
       ""},
      {"a_merged_list_is_copied", kAnchored, add(Key::cap_add, std::string("CHOWN")),
       "x-base: &base\n  privileged: true\n  cap_add: [SYS_ADMIN] # all need it\n\nservices:\n  web:\n    <<: *base\n"
       "    image: a:1 # pinned\n    cap_add:\n      - SYS_ADMIN\n      - CHOWN\n  other:\n    <<: *base\n    image: "
       "b:1\n",
       ""},
      {"an_anchored_service_is_shared", "services:\n  web: &web\n    image: a\n  b:\n    <<: *web\n",
       set(Key::read_only, true), "", "others use the anchor"},
      {"an_anchored_service_without_logging", "services:\n  web: &web\n    image: a\n  b:\n    <<: *web\n",
       set(Key::logging, Logging{"local", {}}), "", "others use the anchor"},
      {"an_anchored_service_whose_users_say_so_already",
       "services:\n  web: &web\n    image: a\n  b:\n    <<: *web\n    read_only: true\n", set(Key::read_only, true),
       "services:\n  web: &web\n    image: a\n    read_only: true\n  b:\n    <<: *web\n    read_only: true\n", ""},
      {"an_aliased_list", "x-o: &o [label=disable]\nservices:\n  web:\n    image: a\n    security_opt: *o\n",
       set(Key::no_new_privileges, true), "", "alias"},
      {"windows_lines", "services:\r\n  web:\r\n    image: a # b\r\n\r\nvolumes:\r\n  c: {}\r\n",
       add(Key::cap_drop, std::string("ALL")),
       "services:\r\n  web:\r\n    image: a # b\r\n    cap_drop:\r\n      - ALL\r\n\r\nvolumes:\r\n  c: {}\r\n", ""},
      {"braces", "services: {web: {image: a, cap_add: [B]}}\n", add(Key::cap_drop, std::string("ALL")),
       "services: {web: {image: a, cap_add: [B], cap_drop: [ALL]}}\n", ""},
      {"json", "{\n  \"services\": {\n    \"web\": {\n      \"image\": \"a\"\n    }\n  }\n}\n",
       set(Key::memory, std::int64_t{1 << 20}),
       "{\n  \"services\": {\n    \"web\": {\n      \"image\": \"a\",\n      \"mem_limit\": \"1m\"\n    }\n  }\n}\n",
       ""},
      {"extended_service", "services:\n  base:\n    image: a\n    user: root\n  web:\n    extends: base\n",
       set_at(Key::user, &Workload::user, std::string("1000")),
       "services:\n  base:\n    image: a\n    user: \"1000\"\n  web:\n    extends: base\n", ""},
      {"a_literal_at_the_end",
       "services:\n  web:\n    image: a\n    command: |\n      sh -c\n        x\n\n  b:\n    image: b\n",
       set(Key::read_only, true),
       "services:\n  web:\n    image: a\n    command: |\n      sh -c\n        x\n    read_only: true\n\n  b:\n    "
       "image: b\n",
       ""},
  };
}

std::string name_of(const testing::TestParamInfo<Case>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(Plain, WriteCompose, testing::ValuesIn(plain_cases()), name_of);
INSTANTIATE_TEST_SUITE_P(Security, WriteCompose, testing::ValuesIn(security_cases()), name_of);
INSTANTIATE_TEST_SUITE_P(Files, WriteCompose, testing::ValuesIn(file_cases()), name_of);
INSTANTIATE_TEST_SUITE_P(Network, WriteCompose, testing::ValuesIn(network_cases()), name_of);
INSTANTIATE_TEST_SUITE_P(Resources, WriteCompose, testing::ValuesIn(resource_cases()), name_of);
INSTANTIATE_TEST_SUITE_P(Environment, WriteCompose, testing::ValuesIn(environment_cases()), name_of);
INSTANTIATE_TEST_SUITE_P(Life, WriteCompose, testing::ValuesIn(life_cases()), name_of);
INSTANTIATE_TEST_SUITE_P(Shapes, WriteCompose, testing::ValuesIn(shape_cases()), name_of);

// compose.yml, which extends common.yml, and compose.override.yml.
class SeveralFiles : public testing::Test {
 protected:
  SeveralFiles() {
    compose::read({{"compose.yml",
                    "services:\n  web:\n    extends: {file: common.yml, service: web}\n    image: a\n"
                    "    user: root\n"},
                   {"compose.override.yml", "services:\n  web:\n    tty: true\n"}},
                  GivenFiles(Texts{{"common.yml", "services:\n  web:\n    privileged: true\n    read_only: false\n"}}),
                  {}, subjects_);
  }
  std::string after(std::string_view name, const std::vector<Change>& changes) {
    ParsedTexts texts;
    const Written edits = write(subjects_, texts, service(subjects_), changes);
    if (!edits) return edits.error().why;
    for (const Source& source : subjects_.sources) {
      if (source.name == name) return written(subjects_, edits, source.number);
    }
    return "no such file";
  }
  Subjects subjects_;
};

TEST_F(SeveralFiles, AddsToTheFirstWhichIsAlsoStartedAlone) {
  EXPECT_EQ(after("compose.yml", {{Act::add, Key::cap_drop, std::string("ALL"), std::nullopt}}),
            "services:\n  web:\n    extends: {file: common.yml, service: web}\n    image: a\n    user: root\n"
            "    cap_drop:\n      - ALL\n");
}

TEST_F(SeveralFiles, AddsToTheLastThatHasTheKey) {
  subjects_ = {};
  compose::read({{"compose.yml", "services:\n  web:\n    image: a\n    cap_drop: [NET_RAW]\n"},
                 {"compose.override.yml", "services:\n  web:\n    cap_drop: !override [CHOWN]\n"}},
                GivenFiles(Texts{}), {}, subjects_);
  EXPECT_EQ(after("compose.override.yml", {{Act::add, Key::cap_drop, std::string("ALL"), std::nullopt}}),
            "services:\n  web:\n    cap_drop: !override [CHOWN, ALL]\n");
}

TEST_F(SeveralFiles, ChangesWhereItStands) {
  const Workload& web = service(subjects_);
  EXPECT_EQ(after("compose.yml", {{Act::set, Key::user, std::string("1000"), web.user.origin()}}),
            "services:\n  web:\n    extends: {file: common.yml, service: web}\n    image: a\n    user: \"1000\"\n");
}

TEST_F(SeveralFiles, ChangesWhatIsExtended) {
  const Workload& web = service(subjects_);
  EXPECT_EQ(after("common.yml", {{Act::set, Key::read_only, true, web.read_only.origin()}}),
            "services:\n  web:\n    privileged: true\n    read_only: true\n");
}

TEST_F(SeveralFiles, TakesAwayWhereItStands) {
  const Workload& web = service(subjects_);
  EXPECT_EQ(after("common.yml", {{Act::remove, Key::privileged, {}, web.privileged.origin()}}),
            "services:\n  web:\n    read_only: false\n");
}

}  // namespace
}  // namespace oakum::fix
