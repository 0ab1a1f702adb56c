(ns cairn.jepsen.cli-test
  "Whoever writes a wrong test is told where, and what to do, in one line."
  (:require [cairn.jepsen.cli :as cli]
            [cairn.jepsen.core :as core]
            [clojure.string :as str]
            [clojure.test :refer [are deftest is]])
  (:import (cairn.experiment.file UserMistake)
           (java.io File StringWriter)
           (java.nio.file Files)
           (java.nio.file.attribute FileAttribute)))

(defn- said
  "The exit code and what is said of a file that holds these lines, whose own path is FILE in it."
  [& lines]
  (let [folder (str (Files/createTempDirectory "cli" (make-array FileAttribute 0)))
        file (File. folder "wrong.clj")
        err (StringWriter.)]
    (spit file (str/replace (str/join "\n" lines) "STORE" (pr-str folder)))
    (let [code (binding [*err* err *out* (StringWriter.)] (cli/execute [(str file)]))]
      [code (str/replace (str/trim (str err)) (str file) "FILE")])))

(deftest what-cannot-be-loaded-is-told-with-its-place
  (are [line what lines] (let [[code message] (apply said lines)]
                           (and (is (= 2 code))
                                (is (str/starts-with? message (str "FILE:" line ":")))
                                (is (str/includes? message what))
                                (is (= 1 (count (str/split-lines message))))))
    2 "Unmatched delimiter: ]" ["(fn [_]" "  {:name 1])"]
    3 "EOF while reading, starting at line 1" ["(fn [_]" "  {:name 1}"]
    3 "Unable to resolve symbol: gennerator" ["(fn [_]" "" "  (gennerator 7))"]
    1 "Jepsen's namespaces begin with 'cairn.'" ["(require '[jepsen.checker :as c])" "{}"]
    2 "Divide by zero" ["(def x" "  (/ 1 0))"]))

(deftest a-test-that-cannot-be-made-is-told-with-its-place
  (are [message lines] (= [2 message] (apply said lines))
    "FILE: its function makes a test map of a seed, and made 7" ["(fn [_] 7)"]
    "wrong.clj:2: making the test failed: no such luck" ["(fn [_]" "  (throw (ex-info \"no such luck\" {})))"])
  (let [[code message] (said "(fn [] {})")]
    (is (= 2 code))
    (is (str/starts-with? message "FILE: a function of one argument, the seed, makes the test"))))

(deftest what-the-tests-own-code-throws-is-its-authors
  (let [[code message] (said "{:store STORE" " :generator (fn []" "  (throw (ex-info \"out of ideas\" {})))}")]
    (is (= 2 code))
    (is (re-find #"^wrong\.clj:3: a generator threw when it was asked at \d+ ns: out of ideas$" message))))

(deftest a-file-without-a-namespace-is-no-part-of-clojure
  (said "(defn partition-by [_] :mine)" "7")
  (is (= [[1] [2]] (partition-by odd? [1 2]))))

(deftest a-part-that-is-none-is-refused
  (is (= [2 "FILE: :client is something that implements cairn.jepsen.client/Client, not 7"]
         (said "{:client 7 :store STORE}")))
  (is (thrown-with-msg? UserMistake #":checker is something that implements cairn.jepsen.checker/Checker, not nil"
                        (core/try! {:checker nil}))))

(deftest a-fault-that-does-not-exist-is-named
  (let [[code message] (said "(require '[cairn.jepsen.workload :as workload])"
                             "(assoc (workload/under-faults (workload/register {:ops 5}) {:faults [{:meteor \"primary\"}]"
                             "                              :every 1/100000 :lasts 1/2000})"
                             "  :protocol :local-disk :store STORE)")]
    (is (= 2 code))
    (is (str/starts-with? message "FILE: {:meteor \"primary\"}"))
    (is (str/includes? message "unknown fault 'meteor'"))))

(deftest what-a-client-throws-is-told-with-its-line
  (let [client "(reify cairn.jepsen.client/Client (open! [t _ _] t) (setup! [_ _]) (close! [_ _]) (teardown! [_ _])"
        file (File/createTempFile "client" ".clj")]
    (spit file (str "(require 'cairn.jepsen.client)\n" client "\n (invoke! [_ _ _]\n  (throw (ex-info \"lost\" {}))))"))
    (let [test (core/try! {:client (binding [*ns* (the-ns 'user)] (load-file (str file))) :generator {:f :read}
                           :checker (cairn.jepsen.checker/unhandled-exceptions)})]
      (is (= [(str (.getName file) ":4")] (map :at (-> test :results :exceptions)))))
    (.delete file)))
