(ns cairn.jepsen.append
  "Transactions that append unique values to lists and read lists: `:txn [[:append k v] [:r k nil]]`.
  A list tells its whole past, so reads give the order of writes away, and a contradiction shows as a
  cycle of transactions (Kingsbury and Alvaro, \"Elle\", 2020; anomalies after Adya, 1999).

  What recovery does wrong has a name here: a loss or a rollback is G-single-item-realtime, a fork
  incompatible-order, a replay duplicate-elements, a resurrected abort G1a, a torn transaction
  G-single-item."
  (:require [cairn.jepsen.checker :as checker]
            [cairn.jepsen.history :as h])
  (:import (java.util ArrayDeque ArrayList HashMap)))

(set! *warn-on-reflection* true)

;; ---- what transactions did

(defn- transactions
  "`{:n :type :invoked :completed :mops}` of each transaction, in order of invocation: what it read is
  known if it is ok."
  [history]
  (into []
        (map-indexed (fn [n [invocation completion]]
                       (let [type (if completion (:type completion) :info)]
                         {:n n :op (or completion invocation) :type type
                          :invoked (:index invocation)
                          :completed (when (= :ok type) (:index completion))
                          :mops (:value (if (= :ok type) completion invocation))})))
        (filter #(= :txn (:f (first %))) (h/pairs history))))

(defn- appends [{:keys [mops]}]
  (for [[f k v] mops :when (= :append f)] [k v]))

(defn- outer-reads
  "What an ok transaction read from others: for each key its first read, if it comes before its own
  appends."
  [{:keys [mops type]}]
  (when (= :ok type)
    (second (reduce (fn [[touched reads] [f k v]]
                      (if (or (touched k) (= :append f))
                        [(conj touched k) reads]
                        [(conj touched k) (conj reads [k (vec v)])]))
                    [#{} []]
                    mops))))

(defn- all-reads [{:keys [mops type]}]
  (when (= :ok type)
    (for [[f k v] mops :when (= :r f)] [k (vec v)])))

;; ---- what a single look shows

(defn- prefix? [a b] (= a (take (count a) b)))

(defn- internal
  "A transaction that does not see what it did, or saw, itself."
  [{:keys [mops type] :as txn}]
  (when (= :ok type)
    (loop [mops mops known {} mine {}]
      (when-let [[[f k v] & more] (seq mops)]
        (if (= :append f)
          (recur more
                 (if (contains? known k) (update known k conj v) known)
                 (update mine k (fnil conj []) v))
          (let [v (vec v)
                own (get mine k [])]
            (if (if (contains? known k)
                  (= v (known k))
                  (= own (vec (take-last (count own) v))))
              (recur more (assoc known k v) mine)
              {:op (:op txn) :mop [f k v] :expected (get known k own)})))))))

(defn- duplicates [txn]
  (for [[k v] (all-reads txn)
        :let [twice (into {} (filter #(< 1 (long (val %)))) (frequencies v))]
        :when (seq twice)]
    {:op (:op txn) :mop [:r k v] :duplicates twice}))

(defn- longest-reads [txns]
  (reduce (fn [longest [k v]]
            (if (< (count (get longest k [])) (count v)) (assoc longest k v) longest))
          {}
          (mapcat all-reads txns)))

(defn- contradictions [txns longest]
  (for [txn txns
        [k v] (all-reads txn)
        :when (not (prefix? v (longest k)))]
    {:key k :values [v (longest k)] :op (:op txn)}))

(defn- reads-of-aborted [txns writer]
  (for [txn txns
        [k v] (all-reads txn)
        x v
        :let [w (writer [k x])]
        :when (and w (= :fail (:type w)))]
    {:op (:op txn) :writer (:op w) :element x}))

(defn- intermediate-reads [txns writer]
  (for [txn txns
        [k v] (outer-reads txn)
        :when (seq v)
        :let [w (writer [k (peek v)])
              final (last (filter #(= k (first %)) (when w (appends w))))]
        :when (and w (not= (:n w) (:n txn)) (not= (peek v) (second final)))]
    {:op (:op txn) :writer (:op w) :element (peek v)}))

;; ---- what depends on what

(def ^:private ww 1)
(def ^:private wr 2)
(def ^:private rw 4)
(def ^:private rt 8)
(def ^:private names {ww :ww wr :wr rw :rw rt :realtime})

(defn- link! [^objects edges from to kind]
  (when-not (= from to)
    (let [^HashMap out (or (aget edges from)
                           (let [m (HashMap.)] (aset edges from m) m))]
      (.put out to (bit-or (long (.getOrDefault out to 0)) (long kind))))))

(defn- data-edges!
  "Edges between transactions that may have taken effect; the order of a key's versions is its
  longest read, and what was acknowledged and never read comes after all of it."
  [edges txns longest writer]
  (let [unread (reduce (fn [m txn]
                         (reduce (fn [m [k v]]
                                   (if (and (= :ok (:type txn)) (not (some #{v} (get longest k []))))
                                     (update m k (fnil conj #{}) (:n txn))
                                     m))
                                 m (appends txn)))
                       {} txns)
        places (into {} (map (fn [[k vs]] [k (zipmap vs (range))])) longest)]
    (doseq [[k vs] longest]
      (doseq [[a b] (partition 2 1 vs)
              :let [wa (writer [k a]) wb (writer [k b])]
              :when (and wa wb)]
        (link! edges (:n wa) (:n wb) ww))
      (when-let [w (and (seq vs) (writer [k (peek vs)]))]
        (doseq [n (unread k)] (link! edges (:n w) n ww))))
    (doseq [txn txns
            [k v] (outer-reads txn)
            :when (prefix? v (get longest k []))]
      (when-let [w (and (seq v) (writer [k (peek v)]))]
        (link! edges (:n w) (:n txn) wr))
      (let [place (if (seq v) (inc (long (get-in places [k (peek v)]))) 0)
            order (get longest k [])]
        (if (< place (count order))
          (when-let [w (writer [k (nth order place)])] (link! edges (:n txn) (:n w) rw))
          (doseq [n (unread k)] (link! edges (:n txn) n rw)))))))

(defn- realtime-edges!
  "From each transaction to those that began after it was acknowledged, without those edges that
  follow from others."
  [edges txns]
  (let [events (sort-by first (mapcat (fn [{:keys [n invoked completed type]}]
                                        (when-not (= :fail type)
                                          (cond-> [[invoked :invoked n]]
                                            completed (conj [completed :completed n]))))
                                      txns))]
    (reduce (fn [[frontier before] [_ what n]]
              (if (= :invoked what)
                (do (doseq [m frontier] (link! edges m n rt))
                    [frontier (assoc before n frontier)])
                [(conj (reduce disj frontier (before n)) n) (dissoc before n)]))
            [#{} {}]
            events)))

(defn- components
  "Strongly connected components of more than one transaction (Tarjan, 1972), without recursion."
  [^objects edges]
  (let [n (alength edges)
        index (int-array n -1) low (int-array n) on (boolean-array n)
        stack (ArrayDeque.) found (ArrayList.)
        counter (volatile! 0)
        successors (fn [v] (let [^HashMap m (aget edges v)] (if m (seq (.keySet m)) nil)))
        enter (fn [v]
                (aset index v (int @counter)) (aset low v (int @counter))
                (vswap! counter inc)
                (.push stack v) (aset on v true))]
    (dotimes [root n]
      (when (neg? (aget index root))
        (enter root)
        (loop [work (list [root (successors root)])]
          (when-let [[v todo] (first work)]
            (if-let [w (first todo)]
              (let [work (conj (rest work) [v (next todo)])]
                (cond
                  (neg? (aget index w)) (do (enter w) (recur (conj work [w (successors w)])))
                  (aget on w) (do (aset low v (min (aget low v) (aget index w))) (recur work))
                  :else (recur work)))
              (do
                (when (= (aget low v) (aget index v))
                  (let [component (loop [out #{}]
                                    (let [w (.pop stack)]
                                      (aset on w false)
                                      (if (= w v) (conj out w) (recur (conj out w)))))]
                    (when (< 1 (count component)) (.add found component))))
                (when-let [[parent _] (second work)]
                  (aset low parent (min (aget low parent) (aget low v))))
                (recur (rest work))))))))
    (vec found)))

(defn- path
  "The shortest way from one transaction to another inside of a component, by some kinds of edges."
  [^objects edges component from to allowed]
  (loop [queue (conj clojure.lang.PersistentQueue/EMPTY from) came {from nil}]
    (when-let [v (peek queue)]
      (if (= v to)
        (vec (reverse (take-while some? (iterate came v))))
        (let [next-ones (for [[w kinds] (aget edges v)
                              :when (and (component w) (not (contains? came w))
                                         (pos? (bit-and (long kinds) (long allowed))))]
                          w)]
          (recur (into (pop queue) next-ones)
                 (into came (map (fn [w] [w v])) next-ones)))))))

(def ^:private cycles
  "What a cycle is called: it has an edge of the first kind, and otherwise only those of the second."
  [[:G0 ww ww]
   [:G1c wr (+ ww wr)]
   [:G-single-item rw (+ ww wr)]
   [:G2-item rw (+ ww wr rw)]
   [:G0-realtime ww (+ ww rt)]
   [:G1c-realtime wr (+ ww wr rt)]
   [:G-single-item-realtime rw (+ ww wr rt)]
   [:G2-item-realtime rw (+ ww wr rw rt)]])

(def ^:private most-edges-tried 1000)

(defn- cycle-of
  "The first kind of cycle that a component has, and one of them."
  [^objects edges component]
  (first
   (for [[kind through allowed] cycles
         [a b] (take most-edges-tried
                     (for [a (sort component)
                           [b kinds] (sort-by key (aget edges a))
                           :when (and (component b) (pos? (bit-and (long kinds) (long through))))]
                       [a b]))
         :let [way (path edges component b a allowed)]
         :when way]
     {:kind kind :cycle (conj way b)})))

(defn- told [^objects edges txns {:keys [cycle]}]
  {:cycle (mapv #(:op (nth txns %)) cycle)
   :steps (mapv (fn [[a b]]
                  (let [kinds (long (.get ^HashMap (aget edges a) b))]
                    (into #{} (keep (fn [[bit k]] (when (pos? (bit-and kinds (long bit))) k))) names)))
                (partition 2 1 cycle))})

;; ---- verdicts

(def ^:private always [:internal :duplicate-elements :incompatible-order])

(def proscribed
  "Which anomalies each consistency model rules out."
  (let [read-committed (into always [:G0 :G1a :G1b :G1c])
        snapshot-isolation (conj read-committed :G-single-item)
        serializable (conj snapshot-isolation :G2-item)]
    {:read-committed (set read-committed)
     :snapshot-isolation (set snapshot-isolation)
     :serializable (set serializable)
     :strict-serializable (into (set serializable)
                                [:G0-realtime :G1c-realtime :G-single-item-realtime :G2-item-realtime])}))

(defn analysis
  "The anomalies of a history that `:consistency-models` (by default strict serializability) rule
  out; `:unknown` if no transaction was acknowledged."
  [{:keys [consistency-models] :or {consistency-models [:strict-serializable]}} history]
  (let [bad (into #{} (mapcat #(or (proscribed %)
                                   (throw (IllegalArgumentException. (str "unknown consistency model " %)))))
                  consistency-models)
        txns (transactions history)
        by-value (into {} (for [txn txns a (appends txn)] [a txn]))
        longest (longest-reads txns)
        edges (object-array (count txns))
        _ (data-edges! edges (remove #(= :fail (:type %)) txns) longest
                       #(let [w (by-value %)] (when-not (= :fail (:type w)) w)))
        _ (when (:G0-realtime bad) (realtime-edges! edges txns))
        cyclic (->> (components edges)
                    (keep #(cycle-of edges %))
                    (group-by :kind)
                    (map (fn [[kind found]] [kind (mapv #(told edges txns %) found)])))
        found (into (sorted-map)
                    (filter (fn [[kind examples]] (and (bad kind) (seq examples))))
                    (concat [[:internal (vec (keep internal txns))]
                             [:duplicate-elements (vec (mapcat duplicates txns))]
                             [:incompatible-order (vec (contradictions txns longest))]
                             [:G1a (vec (reads-of-aborted txns by-value))]
                             [:G1b (vec (intermediate-reads txns by-value))]]
                            cyclic))]
    (cond
      (seq found) {:valid? false
                   :anomaly-types (vec (keys found))
                   :anomalies (into {} (map (fn [[k v]] [k (vec (take 8 v))])) found)
                   :not (into #{} (filter #(some (proscribed %) (keys found))) (keys proscribed))}
      (not-any? #(= :ok (:type %)) txns) {:valid? :unknown
                                          :anomaly-types [:empty-transaction-graph]
                                          :anomalies {:empty-transaction-graph true}}
      :else {:valid? true})))

(defn checker
  "Checks `:txn` operations of appends and reads, see `analysis`."
  ([] (checker {}))
  ([opts]
   (reify checker/Checker
     (check [_ _ history _] (analysis opts history)))))
