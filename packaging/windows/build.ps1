# Builds dist\laminoscope-VERSION-setup.exe.  Where WINDOWS_CERTIFICATE (a .pfx file) and
# WINDOWS_CERTIFICATE_PASSWORD are set, programs and installer are signed; else nothing is.
$ErrorActionPreference = "Stop"
Set-Location "$PSScriptRoot\..\.."

function Run {
    & $args[0] @($args | Select-Object -Skip 1)
    if ($LASTEXITCODE) { throw "$($args[0]) ended with $LASTEXITCODE" }
}

function Sign($files) {
    if ($env:WINDOWS_CERTIFICATE) {
        Run signtool sign /fd SHA256 /tr http://timestamp.digicert.com /td SHA256 `
            /f $env:WINDOWS_CERTIFICATE /p $env:WINDOWS_CERTIFICATE_PASSWORD @files
    }
}

New-Item -ItemType Directory -Force build, dist | Out-Null
Run python -m venv build\venv
$python = "build\venv\Scripts\python.exe"
Run $python -m pip install --quiet -c packaging\constraints.txt ".[package]"
$version = & $python -c "from importlib.metadata import version; print(version('laminoscope'))"
Run $python packaging\icons.py
Run $python -m PyInstaller --log-level WARN --noconfirm --distpath build\program --workpath build\work `
    packaging\laminoscope.spec
$program = "build\program\laminoscope"
Run $python packaging\notices.py LICENSE "$program\LICENCES.txt" `
    laminoscope altgraph pyinstaller pyinstaller-hooks-contrib setuptools
Sign @("$program\laminoscope.exe", "$program\laminoscope-console.exe")
$setup = "dist\laminoscope-$version-setup.exe"
Run makensis -V2 "-DVERSION=$version" "-DPAYLOAD=$((Resolve-Path $program).Path)" `
    "-DOUT=$((Get-Location).Path)\$setup" "-DICON=$((Resolve-Path build\laminoscope.ico).Path)" `
    packaging\windows\laminoscope.nsi
Sign @($setup)
Write-Output "built $setup"
