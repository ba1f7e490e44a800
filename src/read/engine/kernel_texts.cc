// Kernel facts that were collected elsewhere: a member "Kernel" beside the engine's own, which holds the texts of files
// of /proc/PID by their names. So a container can be judged on another machine than its own.
#include "read/engine/inspect.h"
#include "read/engine/proc.h"

namespace oakum::engine {

std::optional<KernelFacts> kernel_of_texts(const net::Json& texts) {
  KernelFacts facts;
  if (!texts.is_object() || !read_status(net::string_member(texts, "status"), facts)) return std::nullopt;
  const std::string map = net::string_member(texts, "uid_map");
  facts.user_namespace = !map.empty() && !is_identity(map);
  if (const auto inside = uid_inside(map, facts.uids[1]))
    facts.uid_in_container = *inside;
  else
    facts.unreadable.emplace_back("the user inside: the document has no uid_map that tells");
  if (net::member(texts, "mountinfo").is_string())
    read_root(net::string_member(texts, "mountinfo"), facts);
  else
    facts.unreadable.emplace_back("the mounts: the document has no mountinfo");
  facts.unreadable.emplace_back("the namespaces: a document cannot tell what this machine's are");
  facts.unreadable.emplace_back("the limits: the document has no cgroup files");
  return facts;
}

}  // namespace oakum::engine
