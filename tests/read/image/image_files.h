// Tar archives and images made from nothing, for the tests of image sources.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/digest.h"

namespace oakum::image::testing {

struct TarFile {
  std::string path;
  std::string content;
  char type = '0';
  std::string link = {};
};

inline std::string octal(std::size_t value, std::size_t width) {
  std::string text(width, '0');
  for (std::size_t i = width; i-- > 0; value /= 8) text[i] = static_cast<char>('0' + value % 8);
  return text;
}

inline std::string tar_header(const TarFile& file) {
  std::string block(512, '\0');
  const auto put = [&](std::size_t at, const std::string& text) { block.replace(at, text.size(), text); };
  put(0, file.path.substr(0, 100));
  put(100, "0000644");
  put(124, octal(file.content.size(), 11));
  put(136, "00000000000");
  put(148, "        ");
  block[156] = file.type;
  put(157, file.link.substr(0, 100));
  put(257, std::string("ustar\0"
                       "00",
                       8));
  std::size_t sum = 0;
  for (const char c : block) sum += static_cast<unsigned char>(c);
  put(148, octal(sum, 6) + '\0');
  return block;
}

inline std::string make_tar(const std::vector<TarFile>& files) {
  std::string tar;
  for (const TarFile& file : files) {
    tar += tar_header(file) + file.content;
    tar.resize((tar.size() + 511) / 512 * 512);
  }
  return tar + std::string(1024, '\0');
}

struct MadeImage {
  std::vector<std::string> layers;  // tars
  std::string config;
};

inline MadeImage make_image_files(const std::string& architecture = "amd64") {
  MadeImage image;
  image.layers = {make_tar({{"etc/os-release", "ID=debian\n"}}), make_tar({{"a", architecture}})};
  image.config = R"({"os":"linux","architecture":")" + architecture + R"(","rootfs":{"type":"layers","diff_ids":[")" +
                 Digest::sha256_of(image.layers[0]).text() + "\",\"" + Digest::sha256_of(image.layers[1]).text() +
                 R"("]},"history":[{"created_by":"ADD"},{"created_by":"RUN"}]})";
  return image;
}

inline std::string hex_of(const std::string& bytes) { return std::string(Digest::sha256_of(bytes).hex()); }

inline std::string descriptor_of(const std::string& bytes, const std::string& more = "") {
  return R"({"mediaType":"x","digest":")" + Digest::sha256_of(bytes).text() + R"(","size":)" +
         std::to_string(bytes.size()) + more + "}";
}

}  // namespace oakum::image::testing
