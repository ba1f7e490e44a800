// opkg's status, control and list files.
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
       {"usr/lib/opkg/status", "usr/lib/opkg/info/a.control", "usr/lib/opkg/info/a.list"}) {
    const FileInfo file{path, size};
    std::vector<Finding> findings;
    findings.push_back(analyse(wants(file), file, bytes));
    assemble(std::move(findings));
  }
  return 0;
}
