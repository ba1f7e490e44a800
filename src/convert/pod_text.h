// Commands and variables of a pod: the kubelet works out $(NAME) and makes "$" of "$$".
#pragma once

#include <string>

#include "convert/item.h"
#include "model/workload.h"

namespace oakum::convert {

// What the container is given; a reference stands as it is, and is noted. Texts of other surfaces are left alone.
std::string text_of_pod(const Item& item, const std::string& text, const Origin& origin, Notes& notes);

// What a StatefulSet claims for each of its pods (volumeClaimTemplates) is no volume of the pod: elsewhere it is a
// volume of that name. Others are left as they are.
Mount claimed_volume(const Workload& workload, const Mount& mount);

// "mount hostPath /a at /b": of it what is said.
std::string mount_text(const Mount& mount);

}  // namespace oakum::convert
