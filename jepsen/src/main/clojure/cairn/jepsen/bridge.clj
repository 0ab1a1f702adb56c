(ns cairn.jepsen.bridge
  "Cairn's clients, nemeses, databases and networks as those of the real Jepsen, so that
  `jepsen.core/run!` drives what they drive, with its own generators and checkers. The only
  namespace that requires Jepsen: load it when `jepsen/client.clj` is on the class path (JDK 21 or
  later, `jepsen/jepsen` from Clojars)."
  (:refer-clojure :exclude [run!])
  (:require [cairn.jepsen.client :as client]
            [cairn.jepsen.core :as core]
            [cairn.jepsen.db :as db]
            [cairn.jepsen.live :as live]
            [cairn.jepsen.nemesis :as nemesis]
            [cairn.jepsen.net :as net]
            [cairn.jepsen.system :as system]
            [jepsen.client]
            [jepsen.core]
            [jepsen.db]
            [jepsen.nemesis]
            [jepsen.net.proto]
            [jepsen.tests]))

(set! *warn-on-reflection* true)

;; A process of Jepsen runs on the thread of its number modulo the concurrency.
(defn- as-client [test op f]
  (binding [system/*client* (mod (:process op) (:concurrency test))]
    (f)))

(defrecord BridgedClient [inner]
  jepsen.client/Client
  (open! [_ test node] (BridgedClient. (client/open! inner test node)))
  (setup! [_ test] (client/setup! inner test))
  (invoke! [_ test op]
    (as-client test op #(merge op (client/invoke! inner test (into {} op)))))
  (teardown! [_ test] (client/teardown! inner test))
  (close! [_ test] (client/close! inner test))
  jepsen.client/Reusable
  (reusable? [_ test] (client/reusable? inner test)))

(defrecord BridgedNemesis [inner]
  jepsen.nemesis/Nemesis
  (setup! [_ test] (BridgedNemesis. (nemesis/setup! inner test)))
  (invoke! [_ test op] (merge op (nemesis/invoke! inner test (into {} op))))
  (teardown! [_ test] (nemesis/teardown! inner test))
  jepsen.nemesis/Reflection
  (fs [_] (nemesis/fs inner)))

(defrecord BridgedDB [inner]
  jepsen.db/DB
  (setup! [_ test node] (db/setup! inner test node))
  (teardown! [_ test node] (db/teardown! inner test node))
  jepsen.db/Kill
  (kill! [_ test node] (db/kill! inner test node))
  (start! [_ test node] (db/start! inner test node))
  jepsen.db/Pause
  (pause! [_ test node] (db/pause! inner test node))
  (resume! [_ test node] (db/resume! inner test node))
  jepsen.db/Primary
  ;; Jepsen asks this one although what it wraps may have no primary.
  (primaries [_ test] (if (satisfies? db/Primary inner) (db/primaries inner test) []))
  (setup-primary! [_ test node]
    (when (satisfies? db/Primary inner) (db/setup-primary! inner test node))))

(defrecord BridgedNet [inner]
  jepsen.net.proto/Net
  (drop! [_ test src dest] (net/drop! inner test src dest))
  (heal! [_ test] (net/heal! inner test))
  (slow! [_ test] (net/slow! inner test))
  (slow! [_ test opts] (net/slow! inner test opts))
  (flaky! [_ test] (net/flaky! inner test))
  (fast! [_ test] (net/fast! inner test))
  (shape! [_ test nodes behavior] (net/shape! inner test nodes behavior))
  jepsen.net.proto/PartitionAll
  (drop-all! [_ test grudge] (net/drop-all! inner test grudge)))

(defn bridged
  "A test map of Cairn's as one of Jepsen's, with its own generator and checker left to the caller, and
  no machines to log into: `:system` of the test is what is driven."
  [{:keys [client nemesis db net] :as test}]
  (cond-> (-> (merge jepsen.tests/noop-test test)
              (dissoc :generator :checker)
              (assoc :ssh {:dummy? true}
                     :nonserializable-keys [:system :subject :folder]
                     :client (->BridgedClient client)))
    nemesis (assoc :nemesis (->BridgedNemesis nemesis))
    db (assoc :db (->BridgedDB db))
    net (assoc :net (->BridgedNet net))))

(defn run!
  "Has `jepsen.core/run!` drive real processes: a test map of Cairn's that names a system by
  `:experiment` or `:protocol`, and what of it is to be Jepsen's, such as `:generator` and `:checker`.
  Answers Jepsen's test, with what Cairn's `:properties` came to as `:judgements`; no process is left."
  [test jepsens]
  (let [prepared (core/prepared (assoc test :live (:live test true)))]
    (with-open [system (live/start! prepared)]
      (let [done (jepsen.core/run! (merge (bridged (assoc prepared :system system)) jepsens))]
        (assoc done :judgements (live/judgements system))))))
