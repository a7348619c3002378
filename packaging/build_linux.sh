#!/usr/bin/env bash
# Builds dist/laminoscope_VERSION_amd64.deb and dist/laminoscope-VERSION-x86_64.run of what is in this
# checkout.  Whatever it makes is in build/ and dist/.
#
# usage: packaging/build_linux.sh [--with-model]      the default model inside
set -euo pipefail
cd "$(dirname "$0")/.."

usage() { sed -n '2,5s/^# \{0,1\}//p' "$0"; exit "$1"; }
model=
for option in "$@"; do
    case $option in
        --with-model) model=yes ;;
        -h | --help) usage 0 ;;
        *) usage 64 >&2 ;;
    esac
done

# ---- tools

missing=()
have() { command -v "$1" >/dev/null || missing+=("$2"); }
have python3 python3
have objdump binutils
have dpkg-deb dpkg
have makeself makeself
# PyInstaller packs Python's library; the libraries of Qt are packed from this machine.
if command -v python3 >/dev/null; then
    python3 -c 'import ensurepip' 2>/dev/null || missing+=(python3-venv)
    library=$(python3 -c 'import sysconfig; print(sysconfig.get_config_var("INSTSONAME") or "")')
    place=$(python3 -c 'import sysconfig; print(sysconfig.get_config_var("LIBDIR") or "")')
    case $library in *.so*) ;; *) library=libpython$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])').so.1.0 ;; esac
    [ -e "$place/$library" ] || ldconfig -p | grep -q "$library" || missing+=("${library%.so*}")
else
    missing+=(python3-venv libpython3-dev)
fi
for library in libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 \
    libglib2.0-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 \
    libxcb-render-util0 libxcb-shape0 libxcb-sync1 libxcb-xfixes0 libxcb-xinerama0 libxcb-xkb1; do
    dpkg-query -W -f '${Status}' $library 2>/dev/null | grep -q 'ok installed' || missing+=($library)
done
if [ ${#missing[@]} -gt 0 ]; then
    if [ "$(id -u)" != 0 ]; then
        echo "build_linux.sh: needs root to install what is missing: apt-get install ${missing[*]}" >&2
        exit 1
    fi
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

# ---- the program, as one folder

say() { echo "build_linux.sh: $*"; }
mkdir -p build dist
python=build/venv/bin/python
asked=$(cat pyproject.toml packaging/constraints.txt | sha256sum)
if [ "$(cat build/venv/asked 2>/dev/null)" != "$asked" ]; then
    say "installing the libraries"
    rm -rf build/venv
    python3 -m venv build/venv
    get() { build/venv/bin/pip install --quiet --disable-pip-version-check "$@"; }
    # The torch for CPUs has a name of its own, and often a package index of its own, which uv knows.
    torch=$(grep '^torch==' packaging/constraints.txt)
    get --no-deps "$torch+cpu" 2>/dev/null || {
        get "uv>=0.9,<1"
        build/venv/bin/uv pip install --quiet --python $python --no-deps --torch-backend=cpu "$torch"
    }
    get -c packaging/constraints.txt ".[package]"
    echo "$asked" >build/venv/asked
fi
build/venv/bin/pip install --quiet --disable-pip-version-check --no-deps --force-reinstall .
version=$($python -c 'from importlib.metadata import version; print(version("laminoscope"))')
say "packing version $version"
$python -m PyInstaller --log-level ERROR --noconfirm --distpath build/program --workpath build/work \
    packaging/laminoscope.spec
program=build/program/laminoscope
strip --strip-unneeded $program/_internal/torch/lib/*.so* 2>/dev/null || true
if [ -n "$model" ]; then
    say "putting the default model inside"
    file=$($python packaging/fetch_default_model.py)
    install -D -m 644 "$file" "$program/models/$(basename "$file")"
fi

# ---- what stands beside it, for desktops

share=build/share
rm -rf $share
for target in applications/laminoscope.desktop:linux/laminoscope.desktop \
    mime/packages/laminoscope.xml:linux/laminoscope.xml \
    metainfo/org.laminoscope.Laminoscope.metainfo.xml:linux/org.laminoscope.Laminoscope.metainfo.xml; do
    install -D -m 644 "packaging/${target#*:}" "$share/${target%%:*}"
done
icons=resources/laminoscope_resources/icons
install -D -m 644 $icons/laminoscope.svg $share/icons/hicolor/scalable/apps/laminoscope.svg
install -D -m 644 $icons/laminoscope.png $share/icons/hicolor/256x256/apps/laminoscope.png
install -D -m 644 packaging/linux/laminoscope.1 $share/man/man1/laminoscope.1
gzip -9n $share/man/man1/laminoscope.1
mkdir -p $share/doc/laminoscope
$python packaging/notices.py LICENSE $share/doc/laminoscope/copyright \
    laminoscope altgraph pyinstaller pyinstaller-hooks-contrib setuptools uv

# Packages of this machine whose libraries are used and not packed.
packed=$(find $program -name '*.so*' -printf '%f\n')
used=$(find $program -name '*.so*' -type f -exec objdump -p {} + 2>/dev/null |
    sed -n 's/^ *NEEDED *//p' | sort -u | grep -vxF "$packed")
needs=$(for library in $used; do
    path=$(ldconfig -p | sed -n "s|^\s*$library (libc6,x86-64.*=> ||p" | head -n 1)
    dpkg -S "$(readlink -f "$path")" 2>/dev/null || dpkg -S "$path" 2>/dev/null
done | cut -d : -f 1 | sort -u)
[ -n "$needs" ] || { say "found no package that has the libraries that are used" >&2; exit 1; }

# ---- .deb

say "writing the .deb"
root=build/deb
rm -rf $root
mkdir -p $root/DEBIAN $root/usr/bin $root/usr/lib
cp -al $program $root/usr/lib/laminoscope
cp -a $share $root/usr/share
ln -s ../lib/laminoscope/laminoscope $root/usr/bin/laminoscope
libc=$(dpkg-query -W -f '${Version}' libc6)
installed=$(find $root/usr -type f -printf '%s\n' | awk '{sum += $1} END {print sum}')
cat >$root/DEBIAN/control <<CONTROL
Package: laminoscope
Version: $version
Architecture: amd64
Maintainer: The Laminoscope developers <laminoscope@localhost>
Installed-Size: $((installed / 1024))
Depends: $(echo "$needs" | sed "s/^libc6$/libc6 (>= ${libc%%-*})/" | paste -sd , | sed 's/,/, /g')
Recommends: shared-mime-info, desktop-file-utils, hicolor-icon-theme
Section: science
Priority: optional
Description: microscope for causal language models
 Open a model, type words, a text or a prompt, and see what happens inside,
 layer by layer: similarity maps of queries, keys and values, what attention and
 MLP add to each token, the chain of samplers, the logit lens.
CONTROL
(cd $root && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum >DEBIAN/md5sums)
rm -f dist/laminoscope_*_amd64.deb dist/laminoscope-*-x86_64.run
deb=dist/laminoscope_${version}_amd64.deb
dpkg-deb --root-owner-group -Zzstd -z12 --build $root "$deb" >/dev/null

# ---- .run

say "writing the .run"
root=build/run
rm -rf $root
mkdir -p $root
cp -al $program $root/laminoscope
cp -a $share $root/share
cp packaging/linux/install.sh packaging/linux/uninstall $root
echo "$needs" | paste -sd ' ' >$root/needs
# Libraries of desktops, for those that lack one; Debian's own C library is everywhere.
mkdir $root/spare
find $program/_internal/PySide6 -name '*.so*' -type f -exec env LD_LIBRARY_PATH=$program/_internal ldd {} + |
    sed -n "s|.* => \(/[^ ]*\) (.*|\1|p" | grep -v "/$program/" | sort -u |
    while read -r path; do
        dpkg -S "$path" 2>/dev/null | grep -q ^libc6: || cp -L "$path" $root/spare
    done
run=dist/laminoscope-${version}-x86_64.run
makeself --quiet --nox11 --noprogress --nomd5 --nocrc --sha256 --gzip --complevel 6 $root "$run" "Laminoscope $version" ./install.sh >/dev/null

megabytes() { awk -v n="$1" 'BEGIN {printf "%.0f MB", n / 1e6}'; }
echo "built $deb ($(megabytes "$(stat -c %s "$deb")"), $(megabytes "$installed") installed) and" \
    "$run ($(megabytes "$(stat -c %s "$run")"))"
