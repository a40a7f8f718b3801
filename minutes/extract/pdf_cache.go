package extract

import (
	"os"
	"path/filepath"
	"strconv"
)

// cacheDir is where the compiled PDF library is kept: code that the child runs, so nobody else may write there. It
// is empty where there is no such place; every PDF then takes some seconds longer.
func cacheDir() string {
	if dir, err := os.UserCacheDir(); err == nil {
		if dir = filepath.Join(dir, "minutebook", "pdfium"); private(dir, true) {
			return dir
		}
	}
	dir := filepath.Join(os.TempDir(), "minutebook-pdfium-"+strconv.Itoa(os.Getuid()))
	if private(dir, false) {
		return dir
	}
	return ""
}

// private makes a folder if need be and says whether it is this user's alone.
func private(dir string, parents bool) bool {
	var err error
	if parents {
		err = os.MkdirAll(dir, 0o700)
	} else {
		err = os.Mkdir(dir, 0o700)
	}
	if err != nil && !os.IsExist(err) {
		return false
	}
	info, err := os.Lstat(dir)
	return err == nil && info.IsDir() && info.Mode().Perm()&0o077 == 0 && owned(info)
}
