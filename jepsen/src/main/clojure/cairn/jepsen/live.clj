(ns cairn.jepsen.live
  "Drives a test against real processes: a JVM for each machine of the system, over JGroups, with real
  files and real faults. The test map is that of a simulated run, with `:live true`; times are real."
  (:require [cairn.jepsen.experiment :as experiment]
            [cairn.jepsen.oracle :as oracle]
            [cairn.jepsen.realtime :as realtime]
            [cairn.jepsen.system :as system]
            [clojure.java.io :as io]
            [clojure.string :as str])
  (:import (cairn.cluster.run LiveCluster LiveFailure Machines SystemUnderTest SystemUnderTest$Session)
           (cairn.experiment.trial LiveApplication Subject)
           (cairn.model Application$Served)
           (cairn.model.fault Fault)
           (java.io Closeable File)
           (java.nio.file Files)
           (java.nio.file.attribute FileAttribute)
           (java.time Duration)
           (java.util List)
           (java.util.concurrent TimeUnit)))

(set! *warn-on-reflection* true)

(defn- possible
  "The faults that a map names; throws for one that real processes cannot have."
  [seats fault]
  (let [faults (experiment/faults seats fault)]
    (doseq [^Fault f faults :let [refusal (LiveCluster/refusal f)] :when (.isPresent refusal)]
      (throw (experiment/mistake (pr-str fault) " cannot be inflicted on real processes: " (.get refusal))))
    faults))

;; `sessions` are made when their client first asks; `temporary` is a folder to be removed in the end.
(defrecord Live [^SystemUnderTest cluster nodes seats sessions ^File temporary]
  system/SystemUnderTest
  (nodes [_] nodes)
  (request! [_ client operation timeout]
    (let [answer (.invoke ^SystemUnderTest$Session @(nth sessions client) operation
                          (Duration/ofNanos timeout))]
      (if (.isPresent answer)
        (.getAsLong answer)
        (throw (system/timeout timeout)))))
  (strike! [_ fault]
    (every? true? (mapv (fn [^Fault f] (.inflict cluster f)) (possible seats fault))))
  (heal! [_ fault]
    (doseq [^Fault f (possible seats fault)] (.heal cluster f)))
  (sleep! [_ nanos]
    (.sleep TimeUnit/NANOSECONDS (long nanos)))
  Closeable
  (close [_]
    (.close cluster)
    (when temporary
      (doseq [^File f (reverse (file-seq temporary))] (.delete f)))))

(defn- application
  "The system of a test, as processes."
  ^LiveApplication [^Subject subject {:keys [properties]}]
  (let [live (.live subject)]
    (when-not (.isPresent live)
      (throw (experiment/mistake "this system has no processes to run: " (.promise subject))))
    (let [^LiveApplication live (.get live)]
      (when-not (instance? Application$Served (.application live))
        (throw (experiment/mistake "nobody asks a computation: " (.name (.application live)))))
      (.judgedBy live (vec properties)))))

(defn- machines ^Machines [{:keys [live]}]
  (if (map? live)
    (Machines/of (:hosts live) (str/split (:remote live "ssh {host}") #" +"))
    (Machines/loopback)))

(defn start!
  "Starts the processes of a prepared test, and answers them as a system to put into the test; to be
  closed, which ends all of them. They keep their files and logs in the folder `nodes` of the test's
  own, or in one that is removed when it has none. Throws `LiveFailure` if they do not start."
  ^Live [{:keys [folder seed concurrency ^Subject subject] :as test}]
  (let [seats (experiment/seats subject)
        temporary (when-not folder
                    (.toFile (Files/createTempDirectory "cairn-nodes" (make-array FileAttribute 0))))
        nodes (or temporary (io/file folder "nodes"))
        cluster (.system (application subject test) (machines test) (.toPath ^File nodes) (long seed) [])
        live (->Live cluster (experiment/roles subject) seats
                     (mapv (fn [i] (delay (.open cluster (int i)))) (range concurrency))
                     temporary)]
    (try
      (.start cluster)
      live
      (catch Throwable e
        (.close ^Closeable live)
        (throw e)))))

(defn judgements
  "Heals what is broken, stops the nodes, and answers what Cairn's properties came to; once."
  [^Live live]
  (let [^SystemUnderTest cluster (:cluster live)]
    (.healAll cluster)
    (.awaitAllUp cluster)
    (oracle/judgements (.judgements (.conclude cluster)))))

(defn run-test
  "Runs a prepared test, and answers it with its `:history`, and with what Cairn's `:properties` came
  to as `:judgements`. Whatever happens, no process is left. A run that was interrupted is not
  judged."
  [test choices]
  (with-open [live (start! test)]
    (let [^SystemUnderTest cluster (:cluster live)
          go-on? (fn [] (let [failure (.failure cluster)]
                          (when (.isPresent failure)
                            (throw (LiveFailure. (.get failure))))))
          done (realtime/run-test (assoc test :system live) choices go-on?)]
      (if (:interrupted done)
        done
        (assoc done :judgements (judgements live))))))
