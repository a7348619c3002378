#!/usr/bin/env bash
# Builds dist/laminoscope-VERSION-ARCH.dmg.  Where LAMINOSCOPE_SIGN_AS names a "Developer ID
# Application", the program is signed; where NOTARY_PROFILE names credentials that `xcrun notarytool
# store-credentials` has kept, the image is notarised.  Without them neither is done.
set -euo pipefail
cd "$(dirname "$0")/../.."
mkdir -p build dist
python3 -m venv build/venv
python=build/venv/bin/python
$python -m pip install --quiet -c packaging/constraints.txt ".[package]"
version=$($python -c 'from importlib.metadata import version; print(version("laminoscope"))')
$python packaging/icons.py
$python -m PyInstaller --log-level WARN --noconfirm --distpath build/program --workpath build/work \
    packaging/laminoscope.spec
program=build/program/Laminoscope.app
image=dist/laminoscope-$version-$(uname -m).dmg

content=build/image
rm -rf $content "$image"
mkdir -p $content
$python packaging/notices.py LICENSE "$content/Licences.txt" \
    laminoscope altgraph pyinstaller pyinstaller-hooks-contrib setuptools
if [ -n "${LAMINOSCOPE_SIGN_AS:-}" ]; then
    codesign --force --deep --options runtime --timestamp \
        --entitlements packaging/macos/entitlements.plist --sign "$LAMINOSCOPE_SIGN_AS" $program
fi
cp -R $program $content
ln -s /Applications $content/Applications
hdiutil create -quiet -volname "Laminoscope $version" -srcfolder $content -format UDZO "$image"
if [ -n "${LAMINOSCOPE_SIGN_AS:-}" ]; then
    codesign --force --timestamp --sign "$LAMINOSCOPE_SIGN_AS" "$image"
fi
if [ -n "${NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit --keychain-profile "$NOTARY_PROFILE" --wait "$image"
    xcrun stapler staple "$image"
fi
echo "built $image"
