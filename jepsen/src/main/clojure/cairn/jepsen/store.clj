(ns cairn.jepsen.store
  "Where tests are kept: `store/<name>/<time>/` with test.edn, history.edn, history.txt, results.edn and
  what checkers draw; `latest` links beside them."
  (:require [cairn.jepsen.history :as h]
            [clojure.edn :as edn]
            [clojure.java.io :as io]
            [clojure.pprint :as pprint])
  (:import (java.io File Writer)
           (java.nio.file FileAlreadyExistsException Files LinkOption Path)
           (java.nio.file.attribute FileAttribute)
           (java.time Instant ZoneOffset)
           (java.time.format DateTimeFormatter)))

(set! *warn-on-reflection* true)

(def ^:private ^DateTimeFormatter stamp
  (.withZone (DateTimeFormatter/ofPattern "yyyyMMdd'T'HHmmss.SSS'Z'") ZoneOffset/UTC))

(def nonserializable
  "What of a test is not data, and is left out of test.edn."
  #{:barrier :db :os :net :client :checker :nemesis :generator :model :remote :store :wrap-generator
    :subject :system :history :results :folder :judgements})

(defn- link! [^File from ^File to]
  (let [link (.toPath from)
        none (make-array FileAttribute 0)]
    (when (Files/isSymbolicLink link) (Files/delete link))
    (when-not (Files/exists link (make-array LinkOption 0))
      (Files/createSymbolicLink link (.relativize (.toAbsolutePath (.getParent link)) (.toAbsolutePath (.toPath to))) none))))

(defn folder!
  "A new folder for a test, and links to it."
  ^File [{:keys [name store] :or {store "store"}}]
  (let [tests (io/file store (str name))]
    (Files/createDirectories (.toPath tests) (make-array FileAttribute 0))
    (loop [at (Instant/now)]
      (let [folder (io/file tests (.format stamp at))]
        (if (try (Files/createDirectory (.toPath folder) (make-array FileAttribute 0))
                 (catch FileAlreadyExistsException _ nil))
          (do (link! (io/file tests "latest") folder)
              (link! (io/file store "latest") folder)
              (link! (io/file store "current") folder)
              folder)
          ;; Two tests in one millisecond.
          (recur (.plusMillis at 1)))))))

(defn file
  "A file of a test; parents are made. `path` may have names and lists of names, nil among them."
  ^File [{:keys [folder]} & path]
  (let [^File f (apply io/file folder (map str (remove nil? (flatten path))))]
    (io/make-parents f)
    f))

(defn- spit-edn! [^File file x]
  (with-open [^Writer out (io/writer file)]
    (binding [*print-length* nil *print-level* nil *print-namespace-maps* false]
      (pprint/write x :stream out :dispatch pprint/simple-dispatch)
      (.write out "\n"))))

(defn save-test! [{:keys [nonserializable-keys] :as test}]
  (spit-edn! (file test "test.edn")
             (into (sorted-map) (apply dissoc test (concat nonserializable nonserializable-keys)))))

(defn save-history! [{:keys [history] :as test}]
  (h/write-edn! (file test "history.edn") history)
  (h/write-text! (file test "history.txt") history))

(defn save-results! [{:keys [results] :as test}]
  (spit-edn! (file test "results.edn") results)
  ;; What the run came to is known only now.
  (save-test! test))

(defn history
  "The history of a folder."
  [folder]
  (h/read-edn (io/file folder "history.edn")))

(defn results
  "The results of a folder; records are read as maps."
  [folder]
  (edn/read-string {:default (fn [_ v] v)} (slurp (io/file folder "results.edn"))))
