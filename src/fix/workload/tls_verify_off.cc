#include "fix/workload/family.h"

namespace oakum::fix::workload {

extern constinit const Remedy tls_verify_off{"tls-verify-off", take_away<Key::environment>};

}  // namespace oakum::fix::workload
