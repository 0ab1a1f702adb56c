(ns cairn.jepsen.worker
  "One thread of a test: carries operations out, one after another, and makes something of whatever
  comes back."
  (:require [cairn.jepsen.client :as client]
            [cairn.jepsen.db :as db]
            [cairn.jepsen.nemesis :as nemesis]
            [cairn.jepsen.system :as system]
            [clojure.string :as str])
  (:import (cairn.experiment.file UserMistake)
           (java.util.concurrent CancellationException)))

(set! *warn-on-reflection* true)

(defn datafied
  "An exception as data that is the same in every run: without a stack trace."
  [^Throwable e]
  (let [{:keys [via cause data]} (Throwable->map e)]
    (cond-> {:via (mapv #(dissoc % :at) via)}
      cause (assoc :cause cause)
      data (assoc :data data))))

(defn place
  "Where the test's own code was at work when something was thrown, as \"file.clj:7\"; nil if it was
  in other code, which that one may have called."
  [^Throwable e]
  (let [at ^StackTraceElement (first (remove #(re-find #"^(clojure|java|jdk)\." (.getClassName ^StackTraceElement %))
                                             (.getStackTrace e)))]
    (when (and at
               (str/ends-with? (str (.getFileName at)) ".clj")
               (not (str/starts-with? (.getClassName at) "cairn.jepsen.")))
      (str (.getFileName at) ":" (.getLineNumber at)))))

(defn- indeterminate
  "An operation that threw. Where it did is metadata: the JVM may leave out a trace that it has made
  often, and a history is the same in every run."
  [op e]
  (vary-meta (assoc op :type :info
                    :exception (datafied e)
                    :error (str "indeterminate: " (or (ex-message e) (.getName (class e)))))
             assoc ::at (place e)))

(defn at
  "Where the first of some operations that threw did so, if that is known."
  [ops]
  (some (comp ::at meta) ops))

(defmacro ^:private attempt [op & body]
  `(try ~@body
        (catch CancellationException e# (throw e#))
        ;; What the user wrote is wrong: that is no finding about the system.
        (catch UserMistake e# (throw e#))
        (catch Exception e# (indeterminate ~op e#))
        (catch AssertionError e# (indeterminate ~op e#))))

(defn- node-of [test thread]
  (let [nodes (:nodes test)]
    (when (seq nodes) (nth nodes (mod (long thread) (count nodes))))))

;; A worker is a volatile map: the process that its client belongs to, and the client.

(defn worker
  "The worker of a thread, without a client yet."
  [thread]
  (volatile! {:thread thread :process nil :client nil}))

(defn close!
  "Closes the worker's client, if it has one."
  [worker test]
  (when-let [c (:client @worker)]
    (vswap! worker assoc :client nil)
    (client/close! c test)))

(defn- ready
  "A client for a process: the one there is, if it may go on, or a new one."
  [worker test process]
  (let [{:keys [thread client] owner :process} @worker]
    (if (and client (or (= owner process) (client/reusable? client test)))
      client
      (do (close! worker test)
          (let [opened (client/open! (:client test) test (node-of test thread))]
            (vswap! worker assoc :client opened :process process)
            opened)))))

(defn- valid
  "A client's completion; throws if it is none."
  [op completion]
  (let [wrong (client/problems op completion)]
    (when (seq wrong)
      (throw (ex-info (str "a client answered something invalid: " (first wrong))
                      {:type ::invalid-completion :op op :completion completion})))
    completion))

(defn- by-client [worker test op]
  (let [c (try (ready worker test (:process op))
               (catch CancellationException e (throw e))
               (catch Exception e e))]
    (if (instance? Exception c)
      (assoc op :type :fail :error [:no-client (ex-message c)])
      (attempt op (valid op (client/invoke! c test op))))))

(defn asks
  "What an operation asks of the system and what becomes of the answer, if its client can say; see
  `client/Asking`."
  [worker test op]
  (when (and (not= :nemesis (:thread @worker))
             (instance? cairn.jepsen.client.Asking (:client test)))
    (let [{:keys [operation complete]} (client/asks (ready worker test (:process op)) test op)]
      {:operation operation
       :complete (fn [answer] (attempt op (valid op (complete answer))))})))

(defn- by-nemesis [test op]
  (attempt op
           (let [completion (nemesis/invoke! (:nemesis test) test op)]
             (when-not (and (= :info (:type completion)) (= (:f op) (:f completion)))
               (throw (ex-info "a nemesis answered something invalid: :type is :info and :f as it was"
                               {:type ::invalid-completion :op op :completion completion})))
             completion)))

(defn carry-out
  "The completion of an operation; does not throw."
  [worker test op]
  (let [thread (:thread @worker)]
    (if (= :nemesis thread)
      (by-nemesis test op)
      (binding [system/*client* thread]
        (by-client worker test op)))))

;; ---- before and after

(defn set-up!
  "Prepares a test and answers it with its nemesis ready: database, nemesis, and a client for each
  node, which is closed again."
  [{:keys [nodes client nemesis] database :db :as test}]
  (doseq [node nodes] (db/setup! database test node))
  (let [test (assoc test :nemesis (nemesis/setup! nemesis test))]
    (doseq [[i node] (map-indexed vector (or (seq nodes) [nil]))]
      (binding [system/*client* (mod (long i) (long (:concurrency test)))]
        (let [c (client/open! client test node)]
          (client/setup! c test)
          (client/close! c test))))
    test))

(defn tear-down!
  "Undoes what was set up."
  [workers {:keys [nodes client nemesis] database :db :as test}]
  (doseq [w workers] (close! w test))
  (nemesis/teardown! nemesis test)
  (doseq [node nodes] (db/teardown! database test node)))
