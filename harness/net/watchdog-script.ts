/**
 * What the watchdog runs, in the POSIX shell's language: a shell starts in a millisecond and needs next to no
 * memory. It keeps what is registered in variables that carry the number, and looks at them when its input ends.
 *
 * What the engine was still making when we went away appears only when it is made. So it is asked, for each label, until
 * two answers a second apart have been empty, and at most fifteen times.
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
end_labelled() {
  label=$1 list=$2 remove=$3
  for engine in docker podman; do
    command -v "$engine" || continue
    empty=0 looks=0
    while [ "$empty" -lt 2 ] && [ "$looks" -lt 15 ]; do
      [ "$looks" -eq 0 ] || sleep 1
      looks=$((looks + 1)) empty=$((empty + 1))
      for found in $("$engine" $list --quiet --filter "label=$label"); do "$engine" $remove "$found"; empty=0; done
    done
  done
}
end_containers() { end_labelled "$1" "ps --all" "rm --force --volumes" & }
end_networks() { end_labelled "$1" "network ls" "network rm" & }
end_folder() { rm -rf -- "$1"; }

end group
end containers; wait
end networks; wait
end folder
`;
