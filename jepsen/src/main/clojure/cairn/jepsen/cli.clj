(ns cairn.jepsen.cli
  "Tests from the command line: `./cairn jepsen FILE.clj [--seed N] [--runs N] [--shrink] [--live]`.

  The value of the file's last form is a test, or a function of a seed that makes one: nemeses and
  databases keep state, so tests that run more than once are made anew. Exit codes are those of the
  other commands: 0 valid, 1 invalid, 2 the input is wrong, 3 unknown, 70 the tool is broken, 130
  interrupted: what happened until then is stored, all is healed and every process ended."
  (:require [cairn.jepsen.core :as core]
            [cairn.jepsen.worker :as worker]
            [clojure.pprint :as pprint]
            [clojure.string :as str])
  (:import (cairn.experiment.file UserMistake)
           (clojure.lang ArityException)
           (java.io File FileNotFoundException)))

(set! *warn-on-reflection* true)

(def ^:private usage
  "usage: ./cairn jepsen FILE.clj [--seed N] [--runs N] [--shrink] [--live]")

(defn- number [option word]
  (or (when word (parse-long word))
      (throw (UserMistake. (str option ": a whole number is expected, not '" word "'")))))

(defn- options [words]
  (loop [words words out {:seed nil :runs 1}]
    (if-let [[word & more] (seq words)]
      (case word
        "--seed" (recur (rest more) (assoc out :seed (number word (first more))))
        "--runs" (recur (rest more) (assoc out :runs (number word (first more))))
        "--shrink" (recur more (assoc out :shrink? true))
        "--live" (recur more (assoc out :live? true))
        (if (or (:file out) (.startsWith ^String word "-"))
          (throw (UserMistake. (str "unknown word '" word "'; " usage)))
          (recur more (assoc out :file word))))
      (if (:file out) out (throw (UserMistake. usage))))))

(defn- reason [^Throwable e]
  (str (ex-message e)
       ;; Jepsen's own names are the first that its users try.
       (when (and (instance? FileNotFoundException e) (re-find #"Could not locate jepsen/" (ex-message e)))
         " Jepsen's namespaces begin with 'cairn.' here, as in cairn.jepsen.checker.")))

(defn- not-loaded
  "What is wrong with a file that could not be loaded, behind the place that the compiler tells: in
  the file, or in another one that it needs."
  [^String file e]
  (let [{:clojure.error/keys [source line column]} (ex-data e)
        itself (File. file)
        place (if (contains? #{nil (.getName itself) (.getAbsolutePath itself)} source) file source)]
    (UserMistake. (str place (when line (str ":" line)) (when column (str ":" column)) ": "
                       (reason (or (ex-cause e) e))))))

(defn- made
  "The test that a file's function makes of a seed."
  [^String file make seed]
  (let [test (try (make seed)
                  (catch UserMistake e (throw e))
                  (catch ArityException e
                    (throw (UserMistake. (str file ": a function of one argument, the seed, makes the"
                                              " test: " (ex-message e)))))
                  (catch Exception e
                    (throw (UserMistake. (str (or (worker/place e) file) ": making the test failed: " (or (ex-message e) e))))))]
    (when-not (map? test)
      (throw (UserMistake. (str file ": its function makes a test map of a seed, and made " (pr-str test)))))
    test))

(defn- loaded
  "A function of a seed that makes the test of a file, live if it is to be."
  [^String file live?]
  (when-not (.isFile (File. file))
    (throw (UserMistake. (str file ": there is no such file"))))
  (let [said (try
               ;; What it defines without a namespace of its own must not become a part of Clojure's.
               (binding [*ns* (the-ns 'user)] (load-file file))
               (catch UserMistake e (throw e))
               (catch Exception e (throw (not-loaded file e))))
        live (fn [test] (cond-> test (and live? (not (:live test))) (assoc :live true)))]
    (cond
      (map? said) (fn [seed] (cond-> (live said) seed (assoc :seed seed)))
      (fn? said) (fn [seed] (let [seed (or seed 1)] (assoc (live (made file said seed)) :seed seed)))
      :else (throw (UserMistake. (str file ": its last form is a test map, or a function of a seed that"
                                      " makes one, not " (pr-str said)))))))

(def ^:private code {true 0, false 1, :unknown 3})

(defn- run-one [make {:keys [seed]}]
  (let [{:keys [results folder history name] :as test} (core/run! (make seed))]
    (pprint/pprint (dissoc results :exceptions :timeline :perf :clock))
    (println (str name ", seed " (:seed test) ": " (count history) " operations, "
                  (case (:valid? results) true "valid" false "INVALID" "unknown") ". " folder))
    (:valid? results)))

(defn- run-many [make {:keys [seed runs]}]
  (let [first-seed (or seed 1)
        {:keys [valid invalid unknown]} (core/campaign make (range first-seed (+ (long first-seed) (long runs))))]
    (println (str runs " runs: " valid " valid, " (count invalid) " invalid, " (count unknown) " unknown."))
    (when (seq invalid) (println "invalid seeds:" (pr-str invalid)))
    (when (seq unknown) (println "unknown seeds:" (pr-str unknown)))
    (when (seq invalid)
      ;; The first one is kept, to be looked at.
      (println "the first one is in" (str (:folder (core/run! (make (first invalid)))))))
    (cond (seq invalid) false (seq unknown) :unknown :else true)))

(defn- shrink [make {:keys [seed]}]
  (let [seed (or seed 1)
        {:keys [answers of runs]} (core/shrink make seed)]
    (println (if (seq answers)
               (str (count answers) " of " of " answers suffice, found in " runs " runs:")
               (str "None of " of " answers is needed, as " runs " runs show: it is invalid under calm ones.")))
    (run! println answers)
    (println "The shrunk run is in" (str (:folder (core/replay! (assoc (make seed) :seed seed) answers))))
    false))

(defn- until-interrupted
  "What `act` answers, or 130 if Ctrl-C cuts it short: the thread is interrupted, and the process ends
  when `act` has."
  [act]
  (let [runner (Thread/currentThread)
        interrupted? (atom false)
        over (promise)
        hook (Thread. (fn []
                        (reset! interrupted? true)
                        (.interrupt runner)
                        (deref over 60000 nil)))]
    (.addShutdownHook (Runtime/getRuntime) hook)
    (try
      (let [answer (try (act)
                        (catch Exception e
                          ;; What was under way says so in its own words.
                          (when-not @interrupted? (throw e))))]
        (if @interrupted?
          (binding [*out* *err*]
            (println "interrupted: all is healed, and every process ended")
            (flush)
            130)
          answer))
      (finally
        (deliver over true)
        (when-not @interrupted?
          (.removeShutdownHook (Runtime/getRuntime) hook))))))

(defn- causes [e]
  (take-while some? (iterate ex-cause e)))

(defn- mistake
  "What the author of a test did wrong, if that is what was thrown: it may have been done inside of
  something that ran elsewhere, or be an exception of the test's own code."
  [file e]
  (if-let [^Throwable said (first (filter #(instance? UserMistake %) (causes e)))]
    (let [message (ex-message said)]
      (if (or (nil? file) (str/includes? message (.getName (File. ^String file)))) message (str file ": " message)))
    (when-let [place (some worker/place (causes e))]
      (str place ": " (or (ex-message e) e)))))

(defn execute
  "Does what the words say, and answers the exit code."
  [words]
  (let [known (atom nil)]
    (try
      (let [{:keys [file runs shrink? live?] :as options} (options words)
            _ (reset! known file)
            make (loaded file live?)]
        (until-interrupted
         #(code (cond shrink? (shrink make options)
                      (< 1 (long runs)) (run-many make options)
                      :else (run-one make options)))))
      (catch Throwable e
        (binding [*out* *err*]
          (if-let [said (mistake @known e)]
            (do (println said) 2)
            (do (println "cairn is broken:" (str e))
                (.printStackTrace e)
                70)))))))

(defn -main [& words]
  (let [code (execute words)]
    (flush)
    (shutdown-agents)
    (System/exit code)))
