#include "fix/workload/digest.h"

namespace oakum::fix::workload {

extern constinit const Remedy image_untagged{"image-untagged", pin};

}  // namespace oakum::fix::workload
