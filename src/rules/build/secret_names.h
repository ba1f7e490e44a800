// Names that credentials have: of variables, and of files.
#pragma once

#include <string_view>

namespace oakum::rules {

// BuildKit's rule: a word of the name ("_" between words, any case) is one of a list, and none says that it is a public
// thing, a file or a version.
bool is_secret_for_buildkit(std::string_view variable);
// hadolint's: the name is known, or holds one of a few words; with the same exceptions.
bool is_secret_for_hadolint(std::string_view variable);

// A file that mostly holds a credential: "id_rsa", ".env", "tls.key", ".aws/credentials"; not ".env.example", "a.pub".
bool is_secret_file(std::string_view path);

}  // namespace oakum::rules
