#include "fix/workload/digest.h"

namespace oakum::fix::workload {

extern constinit const Remedy image_no_digest{"image-no-digest", pin};

}  // namespace oakum::fix::workload
