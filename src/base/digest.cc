#include "base/digest.h"

#include <algorithm>

#include <openssl/evp.h>

namespace oakum {

namespace {

struct Algorithm {
  std::string_view name;
  std::size_t hex_digits;
  const EVP_MD* (*evp)();
};
constexpr Algorithm kAlgorithms[] = {{"sha256", 64, EVP_sha256}, {"sha512", 128, EVP_sha512}};

const Algorithm* find_algorithm(std::string_view name) {
  const auto* found = std::ranges::find(kAlgorithms, name, &Algorithm::name);
  return found == std::end(kAlgorithms) ? nullptr : found;
}

bool is_lower_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

}  // namespace

Result<Digest> Digest::parse(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string shown = "digest \"" + std::string(text.substr(0, 160)) + "\"";
  if (colon == std::string_view::npos) return fail(ErrorCode::invalid, shown, "has no algorithm");
  const Algorithm* algorithm = find_algorithm(text.substr(0, colon));
  if (algorithm == nullptr) {
    return fail(ErrorCode::unsupported, shown, "unknown algorithm", "sha256 and sha512 are supported");
  }
  const std::string_view hex = text.substr(colon + 1);
  if (hex.size() != algorithm->hex_digits || !std::ranges::all_of(hex, is_lower_hex)) {
    return fail(ErrorCode::invalid, shown, "needs " + std::to_string(algorithm->hex_digits) + " lower-case hex digits");
  }
  return Digest(std::string(text));
}

Digest Digest::sha256_of(std::string_view bytes) {
  Hasher hasher;
  hasher.update(bytes);
  return hasher.finish();
}

std::string_view Digest::algorithm() const { return std::string_view(text_).substr(0, text_.find(':')); }

std::string_view Digest::hex() const {
  return text_.empty() ? std::string_view() : std::string_view(text_).substr(text_.find(':') + 1);
}

struct Hasher::State {
  const Algorithm* algorithm;
  EVP_MD_CTX* context;
  ~State() { EVP_MD_CTX_free(context); }
};

Hasher::Hasher(std::string_view algorithm) {
  const Algorithm* found = find_algorithm(algorithm);
  if (found == nullptr) found = &kAlgorithms[0];
  state_ = std::make_unique<State>(found, EVP_MD_CTX_new());
  EVP_DigestInit_ex(state_->context, found->evp(), nullptr);
}
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;
Hasher::~Hasher() = default;

void Hasher::update(std::string_view bytes) { EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()); }

Digest Hasher::finish() {
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_DigestFinal_ex(state_->context, out, &size);
  return Digest(std::string(state_->algorithm->name) + ":" +
                to_hex(std::string_view(reinterpret_cast<const char*>(out), size)));
}

std::string to_hex(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

}  // namespace oakum
