(ns cairn.jepsen.checker
  "What a history says about the system. A checker answers a map with `:valid?` true, false or
  `:unknown`. Names, options and results are Jepsen's; where a rule of Jepsen looks odd, such as an
  element whose addition failed and that is there counting as recovered, it is kept, so that the same
  history gets the same verdict."
  (:refer-clojure :exclude [set])
  (:require [cairn.jepsen.history :as h]
            [cairn.jepsen.linear :as linear]
            [cairn.jepsen.linearizable :as linearizable]
            [cairn.jepsen.store :as store]
            [cairn.jepsen.worker :as worker]
            [clojure.core :as c]
            [clojure.java.io :as io])
  (:import (java.io File)
           (java.util List TreeMap)))

(set! *warn-on-reflection* true)

(defprotocol Checker
  (check [checker test history opts]
    "A result; `:subdirectory` of the options is where files go, inside of the test's folder."))

;; ---- verdicts

(def ^:private priority {true 0 :unknown 1 false 2})

(defn merge-valid
  "The verdict of several: false if one is, else `:unknown` if one is, else true."
  [verdicts]
  (reduce (fn [a b]
            (when-not (contains? priority b)
              (throw (IllegalArgumentException. (str "no verdict: " (pr-str b)))))
            (if (< (long (priority a)) (long (priority b))) b a))
          true
          verdicts))

(defn check-safe
  "The result, or `:unknown` with the `:error` if the checker throws, a failed assertion included."
  ([checker test history] (check-safe checker test history {}))
  ([checker test history opts]
   (try
     (check checker test history opts)
     (catch Exception e {:valid? :unknown :error (Throwable->map e)})
     (catch AssertionError e {:valid? :unknown :error (Throwable->map e)})
     (catch StackOverflowError e {:valid? :unknown :error (Throwable->map e)}))))

(defn compose
  "Results of several checkers by name, and their merged verdict."
  [checkers]
  (reify Checker
    (check [_ test history opts]
      (let [results (into (sorted-map-by #(compare (str %1) (str %2)))
                          (pmap (fn [[k checker]] [k (check-safe checker test history opts)])
                                checkers))]
        (assoc (into {} results) :valid? (merge-valid (map :valid? (vals results))))))))

(defn concurrency-limit
  "The checker, by at most so many threads at once."
  [n checker]
  (let [permits (java.util.concurrent.Semaphore. (int n))]
    (reify Checker
      (check [_ test history opts]
        (.acquire permits)
        (try (check checker test history opts)
             (finally (.release permits)))))))

(defn unbridled-optimism
  "Everything is fine."
  []
  (reify Checker (check [_ _ _ _] {:valid? true})))

;; ---- helpers

(defn- values-of [f type history]
  (into [] (comp (filter h/client-op?) (filter #(= f (:f %))) (filter #(= type (:type %))) (map :value))
        history))

(defn interval-set-str
  "A set of integers as a string of runs: `#{1..3 5}`; another set as it prints."
  [xs]
  (if (every? integer? xs)
    (let [runs (reduce (fn [runs x]
                         (let [[from to] (peek runs)]
                           (if (and to (= (inc (long to)) x))
                             (conj (pop runs) [from x])
                             (conj runs [x x]))))
                       []
                       (sort xs))]
      (str "#{" (apply str (interpose " " (map (fn [[a b]] (if (= a b) (str a) (str a ".." b))) runs))) "}"))
    (pr-str (into #{} xs))))

;; ---- histories of one kind

(defn linearizable
  "Whether an order explains the history of a model: `{:model m}`, and the limits of
  `linearizable/analysis`. If none does, linear.svg shows around what."
  [{:keys [model] :as limits}]
  (when-not model (throw (IllegalArgumentException. "linearizable takes a :model")))
  (reify Checker
    (check [_ test history opts]
      (let [result (linearizable/analysis model history limits)]
        (when (and (:folder test) (false? (:valid? result)))
          (spit (store/file test (:subdirectory opts) "linear.svg") (linear/svg history result)))
        (-> result
            (update :configs #(vec (take 10 %)))
            (update :final-paths #(vec (take 10 %))))))))

(defn queue
  "Every dequeue has its enqueue, in some order: folds a model over attempted enqueues and successful
  dequeues, in the order of the history."
  [model]
  (reify Checker
    (check [_ _ history _]
      (let [step (requiring-resolve 'cairn.jepsen.model/step)
            inconsistent? (requiring-resolve 'cairn.jepsen.model/inconsistent?)
            final (reduce step model
                          (filter #(case (:f %)
                                     :enqueue (h/invoke? %)
                                     :dequeue (h/ok? %)
                                     false)
                                  (h/client-ops history)))]
        (if (inconsistent? final)
          {:valid? false :error (:msg final)}
          {:valid? true :final-queue final})))))

(defn set
  "`:add` values, then `:read` all: the last successful read has every acknowledged element and none
  that nobody added."
  []
  (reify Checker
    (check [_ _ history _]
      (let [attempts (into #{} (values-of :add :invoke history))
            adds (into #{} (values-of :add :ok history))
            read (peek (values-of :read :ok history))]
        (if (nil? read)
          {:valid? :unknown :error "Set was never read"}
          (let [read (into #{} read)
                ok (into #{} (filter attempts) read)
                unexpected (into #{} (remove attempts) read)
                lost (into #{} (remove read) adds)
                recovered (into #{} (remove adds) ok)]
            {:valid? (and (empty? lost) (empty? unexpected))
             :attempt-count (count attempts)
             :acknowledged-count (count adds)
             :ok-count (count ok)
             :lost-count (count lost)
             :recovered-count (count recovered)
             :unexpected-count (count unexpected)
             :ok (interval-set-str ok)
             :lost (interval-set-str lost)
             :unexpected (interval-set-str unexpected)
             :recovered (interval-set-str recovered)}))))))

;; ---- set-full: when did each element become, and stop being, visible?

(defn- millis [nanos] (quot (long nanos) 1000000))

(defn- element-timeline
  "What the reads say of one element. `reads` are `[invocation completion seen?]` in order of their
  completions; `added` is when the addition was acknowledged, if it was."
  [element added reads]
  (let [known (or added (some (fn [[_ completion seen?]] (when seen? completion)) reads))
        present (last (filter #(nth % 2) reads))
        ;; Absences that count: reads that began when the element was known to be there.
        absent (last (filter (fn [[invocation _ seen?]]
                               (and (not seen?) known
                                    (< (long (:index known)) (long (:index invocation)))))
                             reads))
        index (fn [read] (if read (long (:index (first read))) -1))
        stable? (and present (< (index absent) (index present)))
        lost? (and known absent (< (index present) (index absent))
                   ;; Seen by a read that was still under way, it may be there yet.
                   (or (nil? present)
                       (< (long (:index (second present))) (long (:index (first absent))))))
        stable-latency (when stable?
                         (if absent
                           (max 0 (millis (- (inc (long (:time (first absent)))) (long (:time known)))))
                           0))
        lost-latency (when lost?
                       (if present
                         (max 0 (millis (- (inc (long (:time (first present)))) (long (:time known)))))
                         0))]
    {:element element
     :outcome (cond stable? :stable lost? :lost :else :never-read)
     :known known
     :last-absent (first absent)
     :stable-latency stable-latency
     :lost-latency lost-latency}))

(defn- quantiles [points xs]
  (when (seq xs)
    (let [sorted (vec (sort xs))]
      (into (sorted-map)
            (map (fn [p] [p (nth sorted (min (dec (count sorted)) (long (Math/floor (* (count sorted) (double p))))))]))
            points))))

(defn set-full
  "`:add` and `:read` in any order: for each element, whether it stayed once it was known to be there.
  With `:linearizable? true`, an element that is missing from a read that began after it was known,
  by a millisecond or more, is stale, and the history invalid."
  ([] (set-full {}))
  ([{:keys [linearizable?]}]
   (reify Checker
     (check [_ _ history _]
       (let [pairs (h/pairs history)
             adds (filter #(= :add (:f (first %))) pairs)
             reads (->> pairs
                        (filter #(and (= :read (:f (first %))) (h/ok? (second %))))
                        (sort-by (comp :index second)))
             contents (mapv (fn [[_ completion]] (into #{} (:value completion))) reads)
             duplicated (into {}
                              (comp (map (comp frequencies :value second))
                                    cat
                                    (filter #(< 1 (long (val %)))))
                              reads)
             elements (map (fn [[invocation completion]]
                             (let [element (:value invocation)]
                               (element-timeline
                                element
                                (when (h/ok? completion) completion)
                                (keep-indexed
                                 (fn [i [r-inv r-ok]]
                                   (when (< (long (:index invocation)) (long (:index r-ok)))
                                     [r-inv r-ok (contains? (nth contents i) element)]))
                                 reads))))
                           adds)
             by (group-by :outcome elements)
             stale (filter #(pos? (long (or (:stable-latency %) 0))) (:stable by))
             names (fn [outcome] (vec (sort-by str (map :element (outcome by)))))]
         {:valid? (cond
                    (seq (:lost by)) false
                    (empty? (:stable by)) :unknown
                    (and linearizable? (seq stale)) false
                    :else true)
          :attempt-count (count elements)
          :stable-count (count (:stable by))
          :lost-count (count (:lost by))
          :lost (names :lost)
          :never-read-count (count (:never-read by))
          :never-read (names :never-read)
          :stale-count (count stale)
          :stale (vec (sort-by str (map :element stale)))
          :worst-stale (vec (take 8 (map #(select-keys % [:element :known :last-absent :outcome :stable-latency])
                                         (sort-by (comp - :stable-latency) stale))))
          ;; As in Jepsen, an element that is there twice is reported and does not decide.
          :duplicated-count (count duplicated)
          :duplicated duplicated
          :stable-latencies (quantiles [0 0.5 0.95 0.99 1] (keep :stable-latency (:stable by)))
          :lost-latencies (quantiles [0 0.5 0.95 0.99 1] (keep :lost-latency (:lost by)))})))))

(defn counter
  "`:add n` (zero or more) and `:read`: each read lies between the sum of what was acknowledged before
  it began and that of what was attempted before it ended."
  []
  (reify Checker
    (check [_ _ history _]
      (let [completion-of (into {} (map (fn [[i c]] [(:index i) c])) (h/pairs history))]
        (loop [ops (seq (h/client-ops history)) lower 0 upper 0 open {} reads [] errors []]
          (if-let [[op & more] ops]
            (let [{:keys [process type f value]} op]
              (case [type f]
                [:invoke :add]
                (if (h/fail? (completion-of (:index op)))
                  (recur more lower upper open reads errors)
                  (do (when (neg? (long value))
                        (throw (IllegalArgumentException. (str "a counter only grows: " value))))
                      (recur more lower (+ (long upper) (long value)) open reads errors)))
                [:ok :add] (recur more (+ (long lower) (long value)) upper open reads errors)
                [:invoke :read] (recur more lower upper (assoc open process lower) reads errors)
                [:ok :read] (let [r [(get open process) value upper]
                                  fits? (<= (long (r 0)) (long value) (long upper))]
                              (recur more lower upper (dissoc open process)
                                     (conj reads r) (if fits? errors (conj errors r))))
                (recur more lower upper open reads errors)))
            {:valid? (empty? errors) :reads reads :errors errors}))))))

(defn- multiset- [a b]
  (reduce-kv (fn [m v n]
               (let [left (- (long (get m v 0)) (long n))]
                 (if (pos? left) (assoc m v left) (dissoc m v))))
             a b))

(defn- multiset+ [a b] (merge-with + a b))
(defn- size [m] (reduce + 0 (vals m)))

(defn- drained
  "The history with each successful `:drain` as the dequeues that it is."
  [history]
  (mapcat (fn [op]
            (if (= :drain (:f op))
              (case (:type op)
                :ok (mapcat (fn [v] [(assoc op :type :invoke :f :dequeue :value nil)
                                     (assoc op :type :ok :f :dequeue :value v)])
                            (:value op))
                :info (throw (IllegalStateException. "a drain that crashed took nobody knows what"))
                [])
              [op]))
          history))

(defn total-queue
  "`:enqueue`, `:dequeue`, `:drain`: what goes in comes out, and nothing else. Needs everything to be
  dequeued in the end."
  []
  (reify Checker
    (check [_ _ history _]
      (let [history (drained history)
            attempts (frequencies (values-of :enqueue :invoke history))
            enqueues (frequencies (values-of :enqueue :ok history))
            dequeues (frequencies (values-of :dequeue :ok history))
            unexpected (apply dissoc dequeues (keys attempts))
            ok (into {} (keep (fn [[v n]] (when-let [m (attempts v)] [v (min (long n) (long m))]))) dequeues)
            duplicated (multiset- (multiset- dequeues attempts) unexpected)
            lost (multiset- enqueues dequeues)
            recovered (multiset- ok enqueues)]
        {:valid? (and (empty? lost) (empty? unexpected))
         :attempt-count (size attempts)
         :acknowledged-count (size enqueues)
         :ok-count (size ok)
         :unexpected-count (size unexpected)
         :duplicated-count (size duplicated)
         :lost-count (size lost)
         :recovered-count (size recovered)
         :lost lost
         :unexpected unexpected
         :duplicated duplicated
         :recovered recovered}))))

(defn unique-ids
  "`:generate`: no value is given twice."
  []
  (reify Checker
    (check [_ _ history _]
      (let [given (values-of :generate :ok history)
            duplicated (into {} (filter #(< 1 (long (val %)))) (frequencies given))
            ordered (try (sort given) (catch ClassCastException _ (sort-by str given)))]
        {:valid? (empty? duplicated)
         :attempted-count (count (values-of :generate :invoke history))
         :acknowledged-count (count given)
         :duplicated-count (count duplicated)
         :duplicated (into {} (take 48 (sort-by (comp - val) duplicated)))
         :range [(first ordered) (last ordered)]}))))

(defn- bank-error [accounts total negative? {balances :value :as op}]
  (let [wrong (fn [kind more] (merge {:type kind :op op} more))]
    (cond
      (not-every? accounts (keys balances))
      (wrong :unexpected-key {:unexpected (vec (remove accounts (keys balances)))})

      (some nil? (vals balances))
      (wrong :nil-balance {:nils (into {} (filter (comp nil? val)) balances)})

      (not= total (reduce + 0 (vals balances)))
      (wrong :wrong-total {:total (reduce + 0 (vals balances))})

      (and (not negative?) (some neg? (vals balances)))
      (wrong :negative-value {:negative (vec (filter neg? (vals balances)))}))))

(defn- badness [total {:keys [type op] :as error}]
  (case type
    :unexpected-key (count (:unexpected error))
    :nil-balance (count (:nils error))
    :wrong-total (abs (/ (- (double (:total error)) (double total)) (double total)))
    :negative-value (- (double (reduce + (:negative error))))))

(defn bank
  "`:transfer` and `:read`: every read finds the test's `:accounts` with its `:total-amount`, and
  none below zero unless `:negative-balances?`."
  ([] (bank {}))
  ([{:keys [negative-balances?]}]
   (reify Checker
     (check [_ test history _]
       (let [accounts (into #{} (:accounts test))
             total (:total-amount test)
             reads (filter #(and (h/ok? %) (= :read (:f %))) (h/client-ops history))
             errors (keep #(bank-error accounts total negative-balances? %) reads)
             by-type (group-by :type errors)]
         {:valid? (empty? errors)
          :read-count (count reads)
          :error-count (count errors)
          :first-error (first errors)
          :errors (into {}
                        (map (fn [[kind found]]
                               [kind (cond-> {:count (count found)
                                              :first (first found)
                                              :worst (apply max-key #(double (badness total %)) found)
                                              :last (last found)}
                                       (= :wrong-total kind)
                                       (assoc :lowest (apply min-key :total found)
                                              :highest (apply max-key :total found)))]))
                        by-type)})))))

(defn- reads-of [op] (into (sorted-map) (map (fn [[_ k v]] [k v])) (:value op)))

(defn- order-of
  "Which of two reads of the same keys is earlier: negative for the first, zero if they agree, nil if
  each saw a write that the other did not."
  [a b]
  (reduce (fn [order k]
            (let [va (get a k) vb (get b k)
                  here (cond (= va vb) 0 (nil? va) -1 (nil? vb) 1
                             :else (throw (ex-info (str "key " k " was written twice") {:type ::written-twice})))]
              (cond (zero? here) order
                    (zero? (long order)) here
                    (= here order) order
                    :else (reduced nil))))
          0 (keys a)))

(defn long-fork
  "`:write [[:w k 1]]` once for each key, `:read [[:r k nil] ...]` of groups of n keys: no two reads
  of a group see writes in contrary orders."
  [n]
  (reify Checker
    (check [_ _ history _]
      (let [reads (filter #(and (h/ok? %) (= :read (:f %))) (h/client-ops history))
            groups (group-by (comp vec keys reads-of) reads)
            forks (for [[ks group] groups
                        :when (= n (count ks))
                        :let [found (vec group)]
                        i (range (count found))
                        j (range (inc (long i)) (count found))
                        :when (nil? (order-of (reads-of (found i)) (reads-of (found j))))]
                    [(found i) (found j)])
            values (map (comp vals reads-of) reads)]
        (cond-> {:valid? (empty? forks)
                 :reads-count (count reads)
                 :early-read-count (count (filter #(every? nil? %) values))
                 :late-read-count (count (filter #(every? some? %) values))}
          (seq forks) (assoc :forks (vec (take 8 forks))))))))

;; ---- about every history

(defn- stats-of [completions]
  (let [n (frequencies (map :type completions))
        ok (long (n :ok 0))]
    {:valid? (pos? ok)
     :count (count completions)
     :ok-count ok
     :fail-count (n :fail 0)
     :info-count (n :info 0)}))

(defn stats
  "How many operations came to what, in all and by `:f`; false if some `:f` never succeeded."
  []
  (reify Checker
    (check [_ _ history _]
      (let [completions (remove h/invoke? (h/client-ops history))
            by-f (into (sorted-map-by #(compare (str %1) (str %2)))
                       (map (fn [[f ops]] [f (stats-of ops)]))
                       (group-by :f completions))]
        (assoc (stats-of completions)
               :by-f (into {} by-f)
               :valid? (merge-valid (map :valid? (vals by-f))))))))

(defn unhandled-exceptions
  "What clients threw, by class, and in which line of the test's own code; always valid."
  []
  (reify Checker
    (check [_ _ history _]
      (let [thrown (filter :exception history)
            class-of #(-> % :exception :via first :type)
            found (->> (group-by class-of thrown)
                       (map (fn [[c ops]]
                              (let [at (worker/at ops)]
                                (cond-> {:count (count ops) :class c :example (first ops)}
                                  at (assoc :at at)))))
                       (sort-by (comp - :count))
                       vec)]
        (cond-> {:valid? true}
          (seq found) (assoc :exceptions found))))))

;; ---- what processes wrote

(defn- log-of
  "A file of a node: of its own folder, as a database fetches it, or the log of a live process."
  [{:keys [folder nodes]} node filename]
  (let [own (io/file folder node filename)
        live (io/file folder "nodes" (str "n" (.indexOf ^List (vec nodes) node) ".log"))]
    (first (filter #(.isFile ^File %) [own live]))))

(defn log-file-pattern
  "Valid if no line of a file, in any node's folder, contains a pattern, a regular expression or a
  string that is one. The log of a live process counts as any file of its node that is not there."
  [pattern filename]
  (reify Checker
    (check [_ {:keys [folder nodes] :as test} _ _]
      (let [wanted (re-pattern pattern)
            matches (vec (for [node (when folder nodes)
                               :let [^File file (log-of test node filename)]
                               :when file
                               line (with-open [lines (io/reader file)] (vec (line-seq lines)))
                               :when (re-find wanted line)]
                           {:node node :line line}))]
        {:valid? (empty? matches) :count (count matches) :matches matches}))))
