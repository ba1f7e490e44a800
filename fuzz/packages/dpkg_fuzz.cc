// dpkg's status file, a distroless package, and both kinds of file list.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "packages/analyser.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace oakum::packages;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const std::string_view path :
       {"var/lib/dpkg/status", "var/lib/dpkg/status.d/a", "var/lib/dpkg/info/a.list", "var/lib/dpkg/info/a.md5sums"}) {
    const FileInfo file{path, size};
    std::vector<Finding> findings;
    findings.push_back(analyse(wants(file), file, bytes));
    assemble(std::move(findings));
  }
  return 0;
}
