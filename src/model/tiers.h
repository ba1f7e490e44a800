// The networks that the services of a Compose project share, and who of them talks to whom as far as its files say: by
// `depends_on`, `links`, and names of services in variables, commands, health checks, configs and Dockerfiles. What
// stands in files that are mounted is not seen.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/subjects.h"

namespace oakum {

// Why a back end should not be on a network that is not `internal`.
struct Exposure {
  std::string network;
  const Workload* other = nullptr;  // who of those on it is the worst
  bool stranger = false;            // it is not seen to talk to the back end
  bool published = false;           // it publishes ports
};

class Tiers {
 public:
  // Borrows both. About linear in what the files say.
  Tiers(const ComposeProject& project, const Subjects& subjects);

  // In the order of its networks, one for each that it should not be on. Of one that publishes ports itself, which no
  // internal network would do, only strangers count; and where nobody is seen to talk to it, nobody is a stranger.
  std::vector<Exposure> exposures(const Workload& back_end) const;

  // Somebody here may use it, and who does is not seen.
  bool hides_users(const Workload& back_end) const;

  // Who talks to it, or it to them, in the order of the services. A service in the network namespace of another counts
  // as that other one.
  std::vector<const Workload*> partners(const Workload& service) const;

  // By name in the file; "default" where none are stated. Empty: another's or no network, or not known.
  std::vector<std::string> networks_of(const Workload& service) const;
  std::vector<const Workload*> members_of(std::string_view network) const;

  // Stated as `internal: true`, and not as external.
  bool is_internal(std::string_view network) const;
  // Declared elsewhere, or by a variable: nothing is known of it.
  bool is_unknown(std::string_view network) const;

 private:
  using Words = std::vector<std::string_view>;
  struct Service {
    const Workload* workload = nullptr;
    std::size_t owner = 0;  // of the network namespace it is in; mostly itself
    bool back_end = false;
    bool unclear = false;  // a value that is not here may name any back end
    std::vector<std::string> networks;
  };
  struct Network {
    std::vector<std::size_t> members;                 // all
    std::vector<std::size_t> published, unpublished;  // no back ends
  };

  void find_owners();
  void find_networks();
  void find_names();
  void add_name(std::string_view name, std::size_t service);
  void find_talks(const Subjects& subjects);
  void talk(std::size_t from, Words names, bool to_back_ends);
  bool do_talk(std::size_t a, std::size_t b) const;
  bool has_partner(std::size_t back_end) const;
  bool is_open(std::string_view network) const;  // known not to be internal
  // The first of them that does not talk to it.
  const Workload* stranger_among(const std::vector<std::size_t>& members, std::size_t back_end) const;
  Exposure exposure(const std::string& network, std::size_t back_end) const;
  std::size_t index_of(const Workload& service) const;

  const ComposeProject& project_;
  std::vector<Service> services_;
  std::map<const Workload*, std::size_t> indexes_;
  std::multimap<std::string_view, std::size_t> names_;  // a host's name → whose it is
  std::set<std::pair<std::size_t, std::size_t>> talks_;
  std::map<std::string, Network, std::less<>> networks_;
  bool any_unclear_ = false;
};

}  // namespace oakum
