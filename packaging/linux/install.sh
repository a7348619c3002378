#!/bin/sh
# Runs inside the self-extracting file: installs for the user who started it, without root.
set -eu
data=${XDG_DATA_HOME:-$HOME/.local/share}
lib=$HOME/.local/lib
home=$lib/laminoscope
bin=$HOME/.local/bin

libraries=laminoscope/_internal
missing() {
    LD_LIBRARY_PATH=$libraries ldd $libraries/PySide6/Qt/lib/*.so.6 \
        $libraries/PySide6/Qt/plugins/platforms/libqxcb.so $libraries/torch/lib/libtorch_cpu.so |
        sed -n 's/^[[:space:]]*\(.*\) => not found$/\1/p' | sort -u
}
# A library that this system lacks is taken from those that came along.
while lacking=$(missing) && [ -n "$lacking" ]; do
    found=
    for library in $lacking; do
        if [ -e "spare/$library" ]; then
            mv "spare/$library" $libraries
            found=yes
        fi
    done
    [ -n "$found" ] || break
done
if [ -n "$lacking" ]; then
    echo "Laminoscope needs libraries that are not here: $(echo $lacking)" >&2
    echo "On Debian and Ubuntu: sudo apt-get install $(cat needs)" >&2
    exit 1
fi

if [ -x "$home/uninstall" ]; then
    "$home/uninstall" >/dev/null
fi
# Folders that are made now go again with the program, if nothing else has come into them.
: >made
make_folder() {
    if [ ! -d "$1" ]; then
        make_folder "$(dirname "$1")"
        mkdir "$1"
        echo "$1" >>made
    fi
}
make_folder "$lib"
make_folder "$bin"
: >files
for file in $(cd share && find . -type f | sed 's|^\./||'); do
    make_folder "$data/$(dirname "$file")"
    cp "share/$file" "$data/$file"
    echo "$data/$file" >>files
done
ln -sf "$home/laminoscope" "$bin/laminoscope"
echo "$bin/laminoscope" >>files
desktop=$data/applications/laminoscope.desktop
sed "s|^Exec=laminoscope |Exec=\"$home/laminoscope\" |" share/applications/laminoscope.desktop >"$desktop"
mv laminoscope "$home"
cp uninstall made files "$home"
"$home/uninstall" --refresh
echo "Laminoscope is installed in $home. It is in the menu of your desktop; $home/uninstall removes it."
case ":$PATH:" in *":$bin:"*) ;; *) echo "To start it by name, put $bin into your PATH." ;; esac
