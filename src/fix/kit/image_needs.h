// What is known of well-known images: what their programs need to start when everything else is taken away. For images
// that are not here to try; what a trial run or the user found (Options::needs) goes before it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/image_reference.h"

namespace oakum::fix {

// All lists are words separated by single spaces.
struct ImageNeeds {
  std::string_view name;          // "docker.io/library/nginx"; ending in '/': every repository below
  bool root = false;              // starts as root unless told otherwise
  std::string_view capabilities;  // what it then needs, canonical names; without DAC_OVERRIDE it may start once only
  bool runs_commands = false;     // has a shell, and an entrypoint that runs the command it is given, if any
  std::string_view user;          // "uid:gid" that it can be started as, with volumes made for it; "" not known to work
  std::string_view alpine_user;   // the same of tags with "alpine" in them, where it differs
  std::string_view written;       // directories that it writes to and that hold nothing to keep: a tmpfs will do
  std::string_view data;          // directories of what it keeps
  bool writes_own_files = false;  // also writes among its own files: no read-only root without more work
  // Variables whose value it reads from the file that NAME_FILE (or NAME and `file_suffix`) names; "*": any.
  std::string_view file_variables;
  std::string_view file_suffix = "_FILE";
  std::string_view health;  // a command that tells whether it answers, in the image itself; "" none is sure to be there
  std::uint32_t memory = 0;  // MiB that it runs in under light load; 0: the common default
  bool many_processes = false;
  bool watches_host = false;      // looks at its host, or manages it: that is what it is for
  bool needs_privileged = false;  // does nothing otherwise
  bool gains_rights = false;      // by setuid programs or capabilities of files

  std::string_view user_of(const ImageReference& image) const;
  bool reads_from_file(std::string_view variable) const;
};

// By registry and repository; nullptr: an image that is not known.
const ImageNeeds* needs_of_image(const ImageReference& image);

// The words of such a list.
std::vector<std::string> words_of(std::string_view list);

}  // namespace oakum::fix
