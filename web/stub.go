package web

import (
	"net/http"
	"strconv"
)

// stubPage stands in where the binary was built without the web pages.
const stubPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>minutebook: pages not built</title>
<main>
<h1>The web pages are not in this binary</h1>
<p>Run <code>make ui</code> (it needs Node.js 20 or later) and start minutebook again. The API at <a href="/graphql">/graphql</a> works without them.</p>
<h1 lang="zh-CN">此程序尚未包含网页</h1>
<p lang="zh-CN">请运行 <code>make ui</code>（需要 Node.js 20 或更高版本），然后重新启动 minutebook。接口 <a href="/graphql">/graphql</a> 不受影响。</p>
</main>
</html>
`

func serveStub(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(stubPage)))
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusServiceUnavailable)
	if r.Method != http.MethodHead {
		_, _ = w.Write([]byte(stubPage))
	}
}
