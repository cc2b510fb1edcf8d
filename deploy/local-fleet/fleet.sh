# Sourced by the scripts in deploy/: finds a JDK, builds what is missing or old, runs the launcher.
set -euo pipefail

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
fleet_home=$repository/.fleet
fleet_module=$repository/deploy/local-fleet
built=$fleet_module/target/built
# shellcheck source=../jdk.sh
source "$repository/deploy/jdk.sh"
services=(prober-service failover-service alert-service backup-service dashboard-service)
modules=(event-contracts/events event-contracts/probes event-contracts/spring-boot-starter "${services[@]}" deploy/local-fleet)

# Succeeds when a source is newer than the last build, or an artifact is missing.
is_stale() {
  [[ -f $built && -f $fleet_module/target/classpath.txt ]] || return 0
  compgen -G "$fleet_module/target/local-fleet-*.jar" >/dev/null || return 0
  local module
  for module in "${services[@]}"; do
    compgen -G "$repository/$module/target/*-exec.jar" >/dev/null || return 0
  done
  local sources=("$repository"/{,event-contracts/,deploy/}pom.xml)
  for module in "${modules[@]}"; do
    sources+=("$repository/$module/"{src/main,pom.xml})
  done
  [[ -n $(find "${sources[@]}" -newer "$built" -print -quit) ]]
}

build() {
  command -v mvn >/dev/null || { echo "EchoPilot DR is built by Maven. Install it (Debian: apt install maven)." >&2; return 1; }
  echo "Building …"
  local started log=$fleet_module/target/build.log
  mkdir -p "$fleet_module/target"
  started=$(mktemp)
  if ! (cd "$repository" && mvn -B -q -DskipTests -pl "$(IFS=,; echo "${services[*]}"),deploy/local-fleet" -am package) >"$log" 2>&1; then
    rm -f "$started"
    tail -n 40 "$log" >&2
    return 1
  fi
  touch -r "$started" "$built"
  rm -f "$started"
}

# launch NAME ARGUMENT...
launch() {
  local jars java
  java=$JAVA_HOME/bin/java
  jars=("$fleet_module"/target/local-fleet-*.jar)
  local options=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx96m -Xshare:auto
    -Dlogback.configurationFile=fleet-logback.xml -Dfleet.log.level=ERROR
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
  # The mark by which deploy/down finds an attached deploy/up.
  [[ $1 != up ]] || options+=("-Dechopilot.fleet.home=$fleet_home")
  exec "$java" "${options[@]}" -cp "${jars[0]}:$(<"$fleet_module/target/classpath.txt")" \
    io.echopilot.fleet.FleetMain "$fleet_home" "$@"
}

use_jdk
