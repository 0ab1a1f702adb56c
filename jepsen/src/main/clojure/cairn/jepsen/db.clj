(ns cairn.jepsen.db
  "How the system under test is installed, and what a nemesis may do to its processes. Names and
  signatures are Jepsen's.")

(set! *warn-on-reflection* true)

(defprotocol DB
  (setup! [db test node])
  (teardown! [db test node]))

(defprotocol Kill
  (kill! [db test node] "Ends the processes of the database on a node.")
  (start! [db test node] "Starts them."))

(defprotocol Pause
  (pause! [db test node] "Stops the processes of the database on a node where they are.")
  (resume! [db test node] "Lets them go on."))

(defprotocol Primary
  (primaries [db test] "The nodes that act as primary.")
  (setup-primary! [db test node] "Once, on the first node."))

(defprotocol LogFiles
  (log-files [db test node]))

(def noop
  "A database that is there already."
  (reify DB
    (setup! [_ _ _])
    (teardown! [_ _ _])))
