// What is known of images, in rows sorted by name.
#pragma once

#include <span>
#include <string_view>

#include "fix/kit/image_needs.h"

namespace oakum::fix {

inline constexpr std::string_view kApache = "CHOWN NET_BIND_SERVICE SETGID SETUID";
inline constexpr std::string_view kDatabase = "CHOWN DAC_OVERRIDE FOWNER SETGID SETUID";
inline constexpr std::string_view kStepDown = "CHOWN SETGID SETUID";
inline constexpr std::string_view kPostgresFiles = "POSTGRES_DB POSTGRES_INITDB_ARGS POSTGRES_PASSWORD POSTGRES_USER";
inline constexpr std::string_view kMysqlFiles =
    "MYSQL_DATABASE MYSQL_PASSWORD MYSQL_ROOT_HOST MYSQL_ROOT_PASSWORD MYSQL_USER";
inline constexpr std::string_view kPostgresData = "/var/lib/postgresql/data /var/lib/postgresql";
inline constexpr std::string_view kPostgresHealth = "pg_isready -q";

std::span<const ImageNeeds> official_images();   // docker.io/library
std::span<const ImageNeeds> published_images();  // of everybody else

}  // namespace oakum::fix
