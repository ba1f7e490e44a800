#include <gtest/gtest.h>

#include "fixture.h"

namespace oakum::compose {
namespace {

Mount mount(const std::string& text) {
  const Project project = web("volumes:\n  - " + text, "volumes: {a: {}, db: {}, v: {}}\n");
  EXPECT_EQ(project.errors(), "");
  EXPECT_EQ(project.only().mounts.items.size(), 1U);
  return project.only().mounts.items.empty() ? Mount() : project.only().mounts.items[0].value;
}

TEST(ComposeMounts, ShortForms) {
  EXPECT_EQ(mount("/data").kind, MountKind::volume);
  EXPECT_EQ(mount("/data").target, "/data");
  EXPECT_EQ(mount("/data").source, "");
  EXPECT_EQ(mount("db:/data").kind, MountKind::volume);
  EXPECT_EQ(mount("db:/data").source, "db");
  for (const std::string source : {"/var/run/docker.sock", "./x", "../y", "~/z", "."}) {
    const Mount bind = mount(source + ":/t:ro,z,rshared");
    EXPECT_EQ(bind.kind, MountKind::bind) << source;
    EXPECT_EQ(bind.source, source);
    EXPECT_EQ(bind.target, "/t");
    EXPECT_EQ(bind.read_only, true);
    EXPECT_EQ(bind.selinux, "z");
    EXPECT_EQ(bind.propagation, "rshared");
  }
  EXPECT_EQ(mount("/a:/b").read_only, std::nullopt);
  EXPECT_EQ(mount("/a:/b:rw").read_only, false);
  EXPECT_EQ(mount("'C:\\data:/b'").source, "C:\\data");
  EXPECT_EQ(mount("'C:\\data:/b'").target, "/b");
  EXPECT_EQ(mount("a:/b:nocopy").options, (std::vector<KeyValue>{{"nocopy", ""}}));
}

TEST(ComposeMounts, LongForms) {
  const Mount bind = mount(
      "{type: bind, source: /, target: /h, read_only: true, bind: {propagation: rslave, create_host_path: false, "
      "selinux: Z}}");
  EXPECT_EQ(bind.kind, MountKind::bind);
  EXPECT_EQ(bind.read_only, true);
  EXPECT_EQ(bind.propagation, "rslave");
  EXPECT_EQ(bind.create_host_path, false);
  EXPECT_EQ(bind.selinux, "Z");
  const Mount volume = mount("{type: volume, source: v, target: /v, volume: {nocopy: true, subpath: s}}");
  EXPECT_EQ(volume.sub_path, "s");
  EXPECT_TRUE(volume.has_option("nocopy"));
  const Mount tmpfs = mount("{type: tmpfs, target: /t, tmpfs: {size: 10m, mode: 0700}}");
  EXPECT_EQ(tmpfs.kind, MountKind::tmpfs);
  EXPECT_EQ(*tmpfs.option("size"), "10m");
  EXPECT_EQ(mount("{type: npipe, source: a, target: b}").kind, MountKind::npipe);
  EXPECT_EQ(mount("{type: image, source: a, target: b}").kind, MountKind::image);
  EXPECT_EQ(mount("{type: odd, source: a, target: b}").kind, MountKind::other);
}

TEST(ComposeMounts, TmpfsKey) {
  const Project project = web("tmpfs:\n  - /run\n  - /tmp:size=64m,noexec,ro");
  const auto& items = project.only().mounts.items;
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].value.target, "/run");
  EXPECT_EQ(items[1].value.kind, MountKind::tmpfs);
  EXPECT_EQ(*items[1].value.option("size"), "64m");
  EXPECT_TRUE(items[1].value.has_option("noexec"));
  EXPECT_EQ(items[1].value.read_only, true);
  EXPECT_EQ(web("tmpfs: /run").only().mounts.items.size(), 1U);
}

TEST(ComposeMounts, AVolumeCanBeABindInDisguise) {
  const Project project = web("volumes: ['v:/h', 'w:/w']",
                              "volumes:\n  v:\n    driver_opts: {type: none, o: 'bind,ro', device: /etc}\n"
                              "  w:\n    driver_opts: {type: nfs, o: addr=10.0.0.1, device: ':/x'}\n");
  const auto& items = project.only().mounts.items;
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].value.bind_in_disguise, "/etc");
  EXPECT_EQ(*items[0].value.option("o"), "bind,ro");
  EXPECT_EQ(items[1].value.bind_in_disguise, "");
  EXPECT_EQ(project.subjects.projects[0].volumes.size(), 2U);
}

TEST(ComposeMounts, AnUnknownSourceIsNotKnown) {
  const Project project = web("volumes: ['${DIR}:/data', '${DIR:-./d}:/x']");
  const auto& items = project.only().mounts.items;
  ASSERT_EQ(items.size(), 2U);
  EXPECT_FALSE(items[0].known);
  EXPECT_EQ(items[0].value.target, "/data");
  EXPECT_TRUE(items[1].known);
  EXPECT_EQ(items[1].value.kind, MountKind::bind);
}

TEST(ComposeMounts, SecretsAndConfigs) {
  const Project project =
      web("secrets:\n  - a\n  - {source: b, target: /run/b, uid: '1', gid: '2', mode: 0400}\n"
          "configs: [c]",
          "secrets:\n  a: {file: ./a.txt}\n  b: {external: true}\n"
          "configs:\n  c: {environment: C}\n");
  const Workload& service = project.only();
  ASSERT_EQ(service.secrets.items.size(), 2U);
  EXPECT_EQ(service.secrets.items[0].value.file, "./a.txt");
  EXPECT_TRUE(service.secrets.items[1].value.external);
  EXPECT_EQ(service.secrets.items[1].value.mode, "0400");
  EXPECT_EQ(service.configs.items[0].value.environment, "C");
  EXPECT_EQ(*project.subjects.projects[0].secrets[0].file, "./a.txt");
}

TEST(ComposeMounts, Devices) {
  const Workload& service =
      web("devices:\n  - /dev/sda:/dev/x:r\n  - /dev/kvm\n  - {source: /dev/a, target: /dev/b, permissions: rw}\n"
          "  - vendor.com/gpu=all\nread_only: true\nvolumes_from: [db:ro]")
          .only();
  EXPECT_EQ(values(service.devices), (std::vector<Device>{{"/dev/sda", "/dev/x", "r"},
                                                          {"/dev/kvm", "", ""},
                                                          {"/dev/a", "/dev/b", "rw"},
                                                          {"vendor.com/gpu=all", "", ""}}));
  EXPECT_TRUE(service.read_only.is(true));
  EXPECT_EQ(values(service.volumes_from), Texts{"db:ro"});
}

}  // namespace
}  // namespace oakum::compose
