(ns jepsen.db
  "Jepsen's protocols of this name, without Jepsen.")

(defprotocol DB
  (setup! [db test node])
  (teardown! [db test node]))

(defprotocol Kill
  (start! [db test node])
  (kill! [db test node]))

(defprotocol Pause
  (pause! [db test node])
  (resume! [db test node]))

(defprotocol Primary
  (primaries [db test])
  (setup-primary! [db test node]))

(defprotocol LogFiles
  (log-files [db test node]))
