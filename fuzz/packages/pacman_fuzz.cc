// The two files of a package in pacman's local database.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "packages/analyser.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace oakum::packages;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const std::string_view path : {"var/lib/pacman/local/a-1-1/desc", "var/lib/pacman/local/a-1-1/files"}) {
    const FileInfo file{path, size};
    std::vector<Finding> findings;
    findings.push_back(analyse(wants(file), file, bytes));
    assemble(std::move(findings));
  }
  return 0;
}
