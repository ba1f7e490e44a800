// What the rules about an image's files share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/kit/judge.h"

namespace oakum::rules {

// Whether the layers were read; tells the judge when not, because then nothing can be said.
bool files_known(const ImageFacts& image, Judge& judge);

// Files of a kind that are visible in the image, each path once, by path. Borrowed.
std::vector<const FileFact*> visible_files(const ImageFacts& image, FileFact::Kind kind);

// `3 setuid files: "/bin/su", "/bin/mount" and 1 more`: at most five names.
std::string listed(std::string_view what, const std::vector<const FileFact*>& files);
// "brought by RUN apt-get install -y sudo", or the layer's digest; "" when neither is known.
std::string brought_by(const ImageFacts& image, const FileFact& file);
// All paths, where listed() names only some: the evidence behind it; else "".
std::string all_paths(const std::vector<const FileFact*>& files);

}  // namespace oakum::rules
