// Writes changes of one container into its manifest. What is stated is changed where it stands, in the container or
// for its whole pod; what is not stated is added to the container, or to the pod where only a pod can say it: other
// containers do not change with it.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "fix/kit/change.h"
#include "fix/write/manifest.h"
#include "fix/write/write.h"

namespace oakum::fix {

class PodWriter {
 public:
  using Done = YamlEditor::Done;

  PodWriter(const Workload& workload, ManifestEditor manifest, YamlPath container, YamlPath pod)
      : workload_(workload), manifest_(std::move(manifest)), container_(std::move(container)), pod_(std::move(pod)) {}

  Written write(const std::vector<Change>& changes);

 private:
  Done take(const Change& change);
  Done take_security(const Change& change);
  Done take_resource(const Change& change);

  // pod_security.cc
  bool is_for_windows() const;
  Done flag(const Change& change, const char* key, bool negated);
  Done user(const Change& change);
  Done capability(const Change& change, const char* list);
  Done seccomp(const Change& change);
  Done drop_apparmor(const Change& change);
  Done drop_selinux(const Change& change);

  // pod_volumes.cc
  Done mount(const Change& change);
  Done alter_mount(const YamlPath& item, const Mount& wanted);
  Done alter_volume(const Change& change, const YamlPath& item);
  Done unmount(const YamlPath& item);
  Done add_directory(const Mount& wanted);
  std::vector<YamlPath> mounts_of(const std::string& volume) const;
  std::string free_name(const std::string& wanted) const;

  // pod_values.cc
  Done resource(const Change& change, const char* kind, const char* name, const std::string& value);
  Done environment(const Change& change);
  Done port(const Change& change);

  YamlEditor& yaml() { return manifest_.yaml(); }
  const yaml::Node* find(const YamlPath& path) const { return manifest_.yaml().find(path); }
  std::string text_at(const YamlPath& path) const;
  YamlPath in_container(std::initializer_list<YamlStep> steps) const;
  YamlPath in_pod(std::initializer_list<YamlStep> steps) const;

  // Where the statement that is to change stands; empty: in another text, or nowhere.
  YamlPath place_of(const Change& change) const;
  // The item of a list that this is in; empty: in none.
  static YamlPath item_of(YamlPath path);
  // Takes it away with what is left empty by that, but neither the container nor the pod.
  Done remove(const YamlPath& path);
  Done remove_stated(const Change& change) { return remove(place_of(change)); }
  Done remove_item(const Change& change) { return remove(item_of(place_of(change))); }

  const Workload& workload_;
  ManifestEditor manifest_;
  YamlPath container_, pod_;
};

}  // namespace oakum::fix
