#!/usr/bin/env bash
# Tries what packaging/build_linux.sh has built: each package goes into a bare root of this
# distribution, without Python, where it is installed, started, tested and removed.
# Exit status: 0 passed, 1 failed, 77 there can be no bare root here.  Pictures and sessions that the
# selftests write, and what was said, are in build/tested/.
#
# usage: packaging/test_linux.sh
set -euo pipefail
cd "$(dirname "$0")/.."

fail() { echo "test_linux.sh: failed: $*"; exit 1; }
cannot() { echo "test_linux.sh: not run: $*"; exit 77; }
say() { echo "test_linux.sh: $*"; }

if [ -z "${LAMINOSCOPE_APART:-}" ]; then
    [ "$(id -u)" = 0 ] || cannot "a bare root needs root: sudo packaging/test_linux.sh"
    unshare --mount --pid --fork --mount-proc true 2>/dev/null || cannot "this machine lends no namespace to mount in"
    if ! command -v debootstrap >/dev/null; then
        command -v apt-get >/dev/null || cannot "there is no debootstrap"
        apt-get update -qq
        apt-get install -y -qq --no-install-recommends debootstrap >/dev/null
    fi
    # Whatever is mounted or started in there ends with it.
    LAMINOSCOPE_APART=yes exec unshare --mount --pid --fork --mount-proc --kill-child "$0" "$@"
fi

deb=$(ls dist/laminoscope_*_amd64.deb 2>/dev/null) || fail "there is no .deb: run packaging/build_linux.sh"
run=$(ls dist/laminoscope-*-x86_64.run 2>/dev/null) || fail "there is no .run: run packaging/build_linux.sh"
tested=$PWD/build/tested
rm -rf "$tested"
mkdir -p "$tested"

# ---- roots

. /etc/os-release
bare=$PWD/build/bare-$VERSION_CODENAME
# Where this machine has its own packages from.
mirror=$(apt-get indextargets --format '$(RELEASE) $(SITE)' 2>/dev/null |
    sed -n "s/^$VERSION_CODENAME //p" | head -n 1)
if [ ! -e "$bare/made" ]; then
    say "making a bare root of $VERSION_CODENAME"
    rm -rf "$bare"
    debootstrap --variant=minbase "$VERSION_CODENAME" "$bare" $mirror >"$tested/debootstrap" 2>&1 ||
        cannot "debootstrap made no bare root: $(tail -n 1 "$tested/debootstrap")"
    touch "$bare/made"
fi
root=$PWD/build/root

# What a desktop has, and what looks at windows.
desktop="xvfb xdotool xdg-utils libglib2.0-bin shared-mime-info desktop-file-utils
    hicolor-icon-theme fonts-dejavu-core libegl1 libgl1"

fresh_root() {
    rm -rf "$root"
    cp -a "$bare" "$root"
    mount -t proc proc "$root/proc"
    mount -t tmpfs tmpfs "$root/dev"
    mkdir "$root/dev/shm" "$root/dev/pts"
    for device in null zero full random urandom tty; do
        touch "$root/dev/$device"
        mount --bind "/dev/$device" "$root/dev/$device"
    done
    mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
    ln -s /proc/self/fd "$root/dev/fd"
    mount -t sysfs -o ro sysfs "$root/sys" 2>/dev/null || true
    cp -L /etc/resolv.conf "$root/etc/" 2>/dev/null || true
    mkdir -p "$root/mnt/dist" "$root/mnt/tested"
    mount --bind dist "$root/mnt/dist"
    mount --bind "$tested" "$root/mnt/tested"
    inside useradd --create-home --shell /bin/sh person
    chmod 777 "$tested"
}

close_root() {
    for place in mnt/dist mnt/tested sys dev/shm proc; do
        mountpoint -q "$root/$place" && umount "$root/$place"
    done
    umount --recursive "$root/dev"
    rm -rf --one-file-system "$root"
}

clean="env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8"
inside() { $clean chroot "$root" "$@"; }
apt() {
    inside apt-get -qq -o Dpkg::Use-Pty=0 "$@" >>"$tested/apt" 2>&1 ||
        fail "apt-get $* ($(grep -m 1 '^E:' "$tested/apt" || tail -n 1 "$tested/apt"))"
}
# As a person would run it, without a network, and with nothing of theirs changed.
person() {
    $clean HOME=/home/person LAMINOSCOPE_CACHE=/tmp/cache LAMINOSCOPE_SETTINGS=/tmp/settings \
        LAMINOSCOPE_STATE=/tmp/state XDG_CACHE_HOME=/tmp/caches DISPLAY="${DISPLAY_INSIDE:-}" ${OMP_NUM_THREADS:+OMP_NUM_THREADS=$OMP_NUM_THREADS} \
        unshare --net chroot --userspec=person:person "$root" sh -c "cd && $1"
}

# ---- what each package must do

no_python() {
    ! inside sh -c 'ls /usr/bin/python* /usr/local/bin/python*' >/dev/null 2>&1 ||
        fail "the bare root has a Python, so that nothing is proven"
}

selftest() {  # PROGRAM NAME
    say "$2: selftest"
    person "$1 --selftest /mnt/tested/$2" >"$tested/$2.selftest" 2>"$tested/$2.errors" ||
        fail "$2: $(tail -n 1 "$tested/$2.selftest"; tail -n 1 "$tested/$2.errors")"
    sed "s/^/    /" "$tested/$2.selftest"
}

signal() {  # SIGNAL PATTERN: to the programs that were started in here
    for process in $(ls /proc | grep -E '^[0-9]+$'); do
        case $(readlink "/proc/$process/exe" 2>/dev/null) in
            $2) kill "-$1" "$process" 2>/dev/null || true ;;
        esac
    done
}

with_screen() {
    DISPLAY_INSIDE=:7
    person "exec Xvfb :7 -screen 0 1600x1000x24 -nolisten tcp" >"$tested/xvfb" 2>&1 &
    for _ in $(seq 100); do
        [ -S "$root/tmp/.X11-unix/X7" ] && return
        sleep 0.1
    done
    fail "Xvfb has not started"
}

without_screen() {
    signal TERM '*/Xvfb'
    wait
    DISPLAY_INSIDE=
}

window_named() {  # PATTERN: waits for a window that is seen
    person "timeout 120 sh -c 'until xdotool search --onlyvisible --name \"$1\"; do sleep 0.2; done'" \
        >/dev/null 2>&1
}

end_programs() {
    signal INT '*/laminoscope/laminoscope'
    for _ in $(seq 300); do
        person "xdotool search --onlyvisible --name Laminoscope" >/dev/null 2>&1 || return 0
        sleep 0.1
    done
    fail "the window does not close"
}

window() {  # PROGRAM NAME
    say "$2: window"
    person "exec $1" >"$tested/$2.window" 2>&1 &
    window_named Laminoscope || fail "$2: no window: $(tail -n 1 "$tested/$2.window")"
    end_programs

    say "$2: a session by its association"
    session=/mnt/tested/$2/selftest.laminoscope
    kind=$(person "gio info -a standard::content-type $session" | sed -n 's/.*content-type: //p')
    [ "$kind" = application/x-laminoscope ] || fail "$2: a session is taken for ${kind:-nothing}"
    person "gio open $session" >"$tested/$2.opened" 2>&1 &
    window_named 'selftest' || fail "$2: no window with the session: $(tail -n 1 "$tested/$2.opened")"
    end_programs
}

left_over() {  # what bears the program's name, but for what the test itself has put there
    inside find / -xdev \( -iname '*laminoscope*' -o -name mimeinfo.cache -o -name globs2 \) \
        -not -path '/tmp/*' -not -path '/mnt/*' -not -path '/proc/*' 2>/dev/null |
        while read -r file; do
            case $file in
                *mimeinfo.cache | */globs2) ! grep -q laminoscope "$root$file" || echo "$file" ;;
                *) echo "$file" ;;
            esac
        done
}

# ---- the .deb

say "$deb"
fresh_root
no_python
apt update
apt install --no-install-recommends "/mnt/$deb"
no_python
selftest laminoscope deb
apt install --no-install-recommends $desktop
no_python
inside test -s /usr/share/man/man1/laminoscope.1.gz || fail "deb: there is no man page"
with_screen
window laminoscope deb
selftest laminoscope deb-on-screen
without_screen
say "deb: uninstalling"
apt purge laminoscope
left=$(left_over)
[ -z "$left" ] || fail "deb: left after uninstalling: $(echo "$left" | head -n 5)"
close_root

# ---- the .run

say "$run"
fresh_root
apt update
apt install --no-install-recommends $desktop
no_python
with_screen
before=$(inside find /home/person | sort)
person "sh /mnt/$run" >"$tested/run.install" 2>&1 || fail "run: $(tail -n 3 "$tested/run.install")"
program=.local/bin/laminoscope
selftest $program run
window $program run
say "run: uninstalling"
person ".local/lib/laminoscope/uninstall" >"$tested/run.uninstall" 2>&1 ||
    fail "run: $(tail -n 1 "$tested/run.uninstall")"
after=$(inside find /home/person | sort)
left=$(comm -13 <(echo "$before") <(echo "$after"))
[ -z "$left" ] || fail "run: left after uninstalling: $(echo "$left" | head -n 5)"
without_screen
close_root

echo "test_linux.sh: passed: $deb and $run were installed, tested, opened and removed in $SECONDS s"
