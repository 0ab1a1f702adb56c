(ns cairn.jepsen.independent
  "Many small objects in one test: a value that is a tuple `(tuple k v)` belongs to key k. Checking
  falls apart by key, which is what keeps it quick."
  (:require [cairn.jepsen.checker :as checker]
            [cairn.jepsen.context :as ctx]
            [cairn.jepsen.generator :as gen]
            [cairn.jepsen.history :as h]))

(set! *warn-on-reflection* true)

(def tuple h/tuple)
(def tuple? h/tuple?)

(defn- keyed [k gen]
  (gen/map (fn [op] (if (#{:invoke :info} (:type op :invoke)) (assoc op :value (tuple k (:value op))) op)) gen))

(defn- groups-of
  "A filter for each group of n client threads."
  [n context]
  (let [clients (remove #{:nemesis} (ctx/all-threads context))]
    (when-not (and (seq clients) (zero? (long (rem (count clients) (long n)))))
      (throw (ex-info (str (count clients) " threads do not make groups of " n)
                      {:type ::threads-do-not-fit})))
    (mapv #(ctx/make-thread-filter (set %)) (partition n clients))))

(defn sequential-generator
  "`(fgen k)` for one key after another."
  [ks fgen]
  (map (fn [k] (keyed k (fgen k))) ks))

;; Groups of n threads; each works through a key, then takes the next one that nobody has. A group
;; without a generator has not begun, or is done once there are no more keys.
(defrecord Concurrent [n fgen ks gens filters]
  gen/Generator
  (op [this test context]
    (if-not filters
      (gen/op (assoc this :filters (groups-of n context)) test context)
      (let [[gens ks answers]
            (reduce (fn [[gens ks answers] g]
                      (let [mine ((nth filters g) context)]
                        (loop [gens gens ks ks]
                          (let [[o gen'] (gen/op (get gens g) test mine)]
                            (cond
                              o [gens ks (conj answers {:op o :gen gen' :group g})]
                              (seq ks) (recur (assoc gens g (keyed (first ks) (fgen (first ks)))) (rest ks))
                              :else [(dissoc gens g) ks answers])))))
                    [gens ks []]
                    (range (count filters)))]
        (when-let [best (gen/soonest answers)]
          [(:op best)
           (assoc this :ks ks :gens (assoc gens (:group best) (:gen best)))]))))
  (update [this test context event]
    (let [thread (ctx/process->thread context (:process event))
          g (first (keep-indexed (fn [i only] (when (some #{thread} (ctx/all-threads (only context))) i))
                                 filters))]
      (if (contains? gens g)
        (assoc this :gens (update gens g gen/update test ((nth filters g) context) event))
        this))))

(defn concurrent-generator
  "`(fgen k)` for each key, by groups of n threads, each on a key of its own."
  [n ks fgen]
  (gen/clients (Concurrent. n fgen ks {} nil)))

(defn history-keys
  "The keys of a history, in the order in which they come up."
  [history]
  (into [] (comp (map :value) (filter tuple?) (map key) (distinct)) history))

(defn subhistory
  "What concerns a key, with values as the key's object sees them; the nemesis concerns all."
  [k history]
  (into []
        (keep (fn [op]
                (let [v (:value op)]
                  (cond
                    (not (h/client-op? op)) op
                    (and (tuple? v) (= k (key v))) (assoc op :value (val v))))))
        history))

(defn- by-key
  "The subhistories of all keys, in one pass."
  [history]
  (let [ks (history-keys history)
        start (zipmap ks (repeatedly #(transient [])))]
    (doseq [op history]
      (let [v (:value op)]
        (cond
          (not (h/client-op? op)) nil
          (tuple? v) (conj! (start (key v)) (assoc op :value (val v))))))
    (map (fn [k] [k (persistent! (start k))]) ks)))

(defn checker
  "The checker for each key by itself; the keys whose result is not valid are its `:failures`."
  [inner]
  (reify checker/Checker
    (check [_ test history opts]
      (let [results (into {}
                          (pmap (fn [[k ops]]
                                  [k (checker/check-safe inner test ops
                                                         (assoc opts :history-key k
                                                                :subdirectory [(:subdirectory opts) "independent" k]))])
                                (by-key history)))]
        {:valid? (checker/merge-valid (map :valid? (vals results)))
         :results results
         :failures (vec (sort-by str (keep (fn [[k r]] (when-not (true? (:valid? r)) k)) results)))}))))
