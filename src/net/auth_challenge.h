// WWW-Authenticate as registries send it (RFC 9110 section 11.6.1; distribution, "Token Authentication").
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace oakum::net {

struct AuthChallenge {
  std::string scheme;                             // lower case: "bearer", "basic"
  std::map<std::string, std::string> parameters;  // names in lower case

  std::string parameter(std::string_view name) const;  // "" when absent
};

// All challenges of one header value; what does not follow the grammar is left out.
std::vector<AuthChallenge> parse_auth_challenges(std::string_view header);

}  // namespace oakum::net
