# Sourced by the scripts beside it: finds a JDK that can build and run EchoPilot DR, and sets JAVA_HOME.

find_jdk() {
  local home
  for home in "${JAVA_HOME:-}" "$(dirname "$(dirname "$(readlink -f "$(command -v java || true)")")")" /usr/lib/jvm/*; do
    if [[ -x $home/bin/javac ]] && grep -qE '^JAVA_VERSION="(2[5-9]|[3-9][0-9])' "$home/release" 2>/dev/null; then
      echo "$home"
      return
    fi
  done
  return 1
}

use_jdk() {
  if ! JAVA_HOME=$(find_jdk); then
    echo "EchoPilot DR needs a JDK 25 or later. Install one (https://adoptium.net, Debian: apt install temurin-25-jdk) or set JAVA_HOME." >&2
    return 1
  fi
  export JAVA_HOME
}
