// One pod in the making: its containers, and what it says for all of them.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "convert/compose_writer.h"
#include "convert/item.h"
#include "convert/names.h"

namespace oakum::convert {

// Objects beside the pods; each name is made once.
struct KubeObjects {
  std::vector<YamlValue> before;  // ConfigMaps, Secrets, PersistentVolumeClaims
  std::set<std::string> made;     // "PersistentVolumeClaim/data"
  void add(const std::string& kind, const std::string& api_version, const std::string& name, Members rest);
};

struct KubePod {
  std::vector<const Item*> items;  // the first names the pod
  Members volumes;                 // name and source, each once
  UniqueNames volume_names;
  const Options& options;
  KubeObjects& objects;
  Notes& notes;

  const Item& first() const { return *items.front(); }
  // The name of a volume of this source: the same for the same source.
  std::string volume(const std::string& wanted, YamlValue source, bool shared);
};

// "$(NAME)" is a reference and "$$" a dollar sign in commands and variables.
std::string escaped_references(std::string_view text);
// A text that depends on a variable stands as it was written, and is noted.
std::string kube_text(const Item& item, std::string_view text, bool known, const Origin& origin, Notes& notes);

YamlValue kube_container(KubePod& pod, const Item& item);
YamlValue kube_pod_spec(KubePod& pod);                    // makes the containers, too
YamlValue kube_mounts(KubePod& pod, const Item& item);    // list of volumeMounts
YamlValue kube_probe(const HealthCheck& check);           // of a check that is not disabled
YamlValue kube_security(const Item& item, Notes& notes);  // securityContext of the container
Members kube_labels(const Item& item,
                    List<KeyValue>& annotations);  // those that may be labels; the rest are annotations

}  // namespace oakum::convert
