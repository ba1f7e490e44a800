// An archive of an image: its tar index, its manifests, and every layer that it claims to have.
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

#include <sys/mman.h>
#include <unistd.h>

#include "read/image/docker_archive.h"
#include "read/image/oci_layout.h"
#include "read/image/platform.h"

namespace {

void read_layers(oakum::image::ImageSource& source) {
  std::array<char, 4096> buffer;
  for (std::size_t i = 0; i < source.image().layers.size(); ++i) {
    auto stream = source.open_layer(i);
    while (stream) {
      const auto n = (*stream)->read(buffer);
      if (!n || *n == 0) break;
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace oakum::image;
  auto fd = std::make_shared<const oakum::Fd>(::memfd_create("archive", MFD_CLOEXEC));
  if (::write(fd->get(), data, size) != static_cast<ssize_t>(size)) return 0;
  auto index = ArchiveIndex::read(fd, "fuzz.tar");
  if (!index) return 0;
  const auto archive = std::make_shared<const ArchiveIndex>(std::move(*index));
  const PlatformChoice choice{machine_platform(), false};
  if (auto source = open_docker_archive(archive, "", choice)) read_layers(**source);
  if (auto source = open_oci_layout(layout_in_archive(archive), "", choice)) read_layers(**source);
  return 0;
}
