#include "fix/workload/digest.h"

namespace oakum::fix::workload {

extern constinit const Remedy image_latest{"image-latest", pin};

}  // namespace oakum::fix::workload
