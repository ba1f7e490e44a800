#include "net/system_files.h"

#include <cstdlib>
#include <iterator>

namespace oakum::net {

namespace {

// resolv.conf(5), hosts(5), nsswitch.conf(5), gai.conf(5), host.conf(5): what getaddrinfo reads, at every call anew
// where the file has changed. On a machine with systemd-resolved, resolv.conf is a link into /run.
constexpr const char* kResolver[] = {"/etc/resolv.conf", "/etc/hosts",    "/etc/nsswitch.conf", "/etc/gai.conf",
                                     "/etc/host.conf",   "/etc/services", "/etc/protocols",     "/run/systemd/resolve"};

// Modules of the name service switch and OpenSSL's providers are loaded when they are first needed.
constexpr const char* kLibraries[] = {"/etc/ld.so.cache", "/lib", "/lib64", "/usr/lib", "/usr/lib64"};

// Certificates and OpenSSL's configuration on Debian, Red Hat, SUSE, Alpine, Arch; the links' targets too. Private keys
// (/etc/ssl/private) are not among them.
constexpr const char* kTrust[] = {
    "/etc/ssl/certs",           "/etc/ssl/cert.pem",          "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/openssl.cnf",     "/etc/pki/tls/certs",         "/etc/pki/tls/cert.pem",
    "/etc/pki/tls/openssl.cnf", "/etc/pki/ca-trust",          "/etc/ca-certificates",
    "/var/lib/ca-certificates", "/usr/share/ca-certificates", "/usr/local/share/ca-certificates",
    "/etc/crypto-policies",     "/usr/share/crypto-policies"};

const char* variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && value[0] != '\0' ? value : nullptr;
}

}  // namespace

const char* chosen_ca_bundle() {
  const char* bundle = variable("SSL_CERT_FILE");
  return bundle != nullptr ? bundle : variable("CURL_CA_BUNDLE");
}

std::vector<std::string> files_read(const TlsOptions& tls) {
  std::vector<std::string> paths(std::begin(kResolver), std::end(kResolver));
  paths.insert(paths.end(), std::begin(kLibraries), std::end(kLibraries));
  paths.insert(paths.end(), std::begin(kTrust), std::end(kTrust));
  for (const std::string& own : {tls.ca_file, tls.certificate_file, tls.key_file}) {
    if (!own.empty()) paths.push_back(own);
  }
  for (const char* chosen : {chosen_ca_bundle(), variable("SSL_CERT_DIR"), variable("OPENSSL_CONF")}) {
    if (chosen != nullptr) paths.emplace_back(chosen);
  }
  return paths;
}

}  // namespace oakum::net
