/**
 * What the watchdog runs, in the POSIX shell's language: a shell starts in a millisecond and needs next to no
 * memory. It keeps what is registered in variables that carry the number, and looks at them when its input ends.
 */
export const watchdogScript = `
trap '' HUP INT TERM
last=0
while read -r verb number kind value; do
  case $verb in
    add) eval "kind_$number=\\$kind value_$number=\\$value"; last=$number ;;
    drop) unset "kind_$number" "value_$number" ;;
  esac
done

end() {
  number=0
  while [ "$number" -lt "$last" ]; do
    number=$((number + 1))
    eval "kind=\\\${kind_$number-} value=\\\${value_$number-}"
    [ "$kind" = "$1" ] && "end_$1" "$value"
  done
}
end_group() { kill -s KILL -- "-$1"; }
end_containers() {
  for engine in docker podman; do
    command -v "$engine" || continue
    for container in $("$engine" ps --all --quiet --filter "label=$1"); do "$engine" rm --force --volumes "$container"; done
  done
}
end_networks() {
  for engine in docker podman; do
    command -v "$engine" || continue
    for network in $("$engine" network ls --quiet --filter "label=$1"); do "$engine" network rm "$network"; done
  done
}
end_folder() { rm -rf -- "$1"; }

end group
end containers
end networks
end folder
`;
