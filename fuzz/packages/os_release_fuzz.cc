// os-release and every older release file.
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
       {"etc/os-release", "etc/lsb-release", "etc/openwrt_release", "etc/redhat-release", "etc/SuSE-release",
        "etc/debian_version", "etc/alpine-release", "etc/arch-release"}) {
    const FileInfo file{path, size};
    std::vector<Finding> findings;
    findings.push_back(analyse(wants(file), file, bytes));
    assemble(std::move(findings));
  }
  return 0;
}
