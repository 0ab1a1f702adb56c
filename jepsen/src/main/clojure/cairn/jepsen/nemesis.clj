(ns cairn.jepsen.nemesis
  "What goes wrong, and when it is mended. Names and signatures are Jepsen's; what it inflicts are the
  faults of an experiment file, with the same words."
  (:require [cairn.jepsen.db :as db]
            [cairn.jepsen.generator :as gen]
            [cairn.jepsen.net :as net]
            [cairn.jepsen.random :as random]
            [cairn.jepsen.system :as system]
            [clojure.set :as set]))

(set! *warn-on-reflection* true)

(defprotocol Nemesis
  (setup! [this test] "The nemesis, ready.")
  (invoke! [this test op] "Carries an operation out; the completion is `:info`, too.")
  (teardown! [this test]))

(defprotocol Reflection
  (fs [this] "The set of the `:f` that it understands."))

(def noop
  "Nothing goes wrong."
  (reify
    Nemesis
    (setup! [this _] this)
    (invoke! [_ _ op] op)
    (teardown! [_ _])
    Reflection
    (fs [_] #{})))

;; ---- the faults of experiment files

(defrecord Faults [active]
  Nemesis
  (setup! [this _] this)
  (invoke! [_ {:keys [system]} {:keys [f value] :as op}]
    (case f
      :strike (if (system/strike! system value)
                (do (swap! active conj value) op)
                (assoc op :value [:refused value]))
      :heal (let [healed (if value [value] (vec @active))]
              (doseq [fault healed] (system/heal! system fault))
              (swap! active #(into [] (remove (set healed)) %))
              (assoc op :value healed))))
  (teardown! [_ {:keys [system]}]
    (doseq [fault @active] (system/heal! system fault))
    (reset! active []))
  Reflection
  (fs [_] #{:strike :heal}))

(defn faults
  "`{:f :strike :value {:power-loss \"pmu-1\"}}` and `{:f :heal}`, of that fault or, without a value,
  of all."
  []
  (Faults. (atom [])))

(defn strikes
  "A generator for ever: after `every` seconds on average, one of the faults at random, healed
  `lasts` seconds later. Faults in a vector strike together."
  [every lasts faults]
  (gen/nemesis
   (fn []
     (let [chosen (random/one-of (vec faults))
           together (if (map? chosen) [chosen] chosen)]
       [(gen/sleep (random/uniform (* 2 every)))
        (mapv (fn [fault] {:type :info :f :strike :value fault}) together)
        (gen/sleep lasts)
        (mapv (fn [fault] {:type :info :f :heal :value fault}) together)]))))

;; ---- processes

(defn targets
  "The nodes that a target names: `:one`, `:minority`, `:majority`, `:minority-third`, `:primaries`,
  `:all`, or a list of nodes."
  [test db target]
  (let [nodes (vec (:nodes test))
        n (count nodes)
        some-of #(vec (take % (random/mixed nodes)))]
    (case target
      nil (some-of (inc (random/whole n)))
      :one (some-of 1)
      :minority (some-of (quot (dec n) 2))
      :majority (some-of (inc (quot n 2)))
      :minority-third (some-of (quot (dec n) 3))
      :primaries (if (satisfies? db/Primary db) (vec (db/primaries db test)) [])
      :all nodes
      (vec target))))

(defn db-nemesis
  "`:kill`, `:start`, `:pause` and `:resume` of the database on the nodes that the value targets."
  [db]
  (reify
    Nemesis
    (setup! [this _] this)
    (invoke! [_ test {:keys [f value] :as op}]
      (let [act (case f :kill db/kill! :start db/start! :pause db/pause! :resume db/resume!)
            nodes (targets test db (if (and (nil? value) (#{:start :resume} f)) :all value))]
        (assoc op :value (into {} (map (fn [node] [node (act db test node)])) nodes))))
    (teardown! [_ test]
      (doseq [node (:nodes test)]
        (db/resume! db test node)
        (db/start! db test node)))
    Reflection
    (fs [_] #{:kill :start :pause :resume})))

(defn node-start-stopper
  "`:start` runs `(start! test node)` on the nodes that `(targeter test nodes)` picks; `:stop` undoes
  it with `stop!`."
  [targeter start! stop!]
  (let [struck (atom nil)]
    (reify
      Nemesis
      (setup! [this _] this)
      (invoke! [_ test op]
        (assoc op :value
               (case (:f op)
                 :start (let [picked (targeter test (:nodes test))
                              nodes (if (sequential? picked) picked [picked])]
                          (if (compare-and-set! struck nil nodes)
                            (into {} (map (fn [n] [n (start! test n)])) nodes)
                            [:already @struck]))
                 :stop (if-let [nodes @struck]
                         (do (reset! struck nil)
                             (into {} (map (fn [n] [n (stop! test n)])) nodes))
                         :not-started))))
      (teardown! [_ test]
        (doseq [n @struck] (stop! test n)))
      Reflection
      (fs [_] #{:start :stop}))))

(defn hammer-time
  "Pauses the database on the nodes that `(targeter nodes)` picks: `:start`, `:stop`."
  ([] (hammer-time random/one-of))
  ([targeter]
   (node-start-stopper (fn [_ nodes] (targeter nodes))
                       (fn [{:keys [db] :as test} node] (db/pause! db test node) :paused)
                       (fn [{:keys [db] :as test} node] (db/resume! db test node) :resumed))))

;; ---- files

(defn truncate-file
  "`{:f :truncate :value nodes}`: on each of the nodes a stored file loses its last sector. Files are
  the system's to know, so an operation names none, and how many bytes is not to be chosen."
  []
  (reify
    Nemesis
    (setup! [this _] this)
    (invoke! [_ {:keys [system]} {:keys [value] :as op}]
      (doseq [node value] (system/strike! system {:truncation node}))
      op)
    (teardown! [_ _])
    Reflection
    (fs [_] #{:truncate})))

;; ---- partitions

(defn bisect
  "The nodes in two halves, the smaller first."
  [nodes]
  (split-at (quot (count nodes) 2) nodes))

(defn split-one
  "One node, by default a random one, and the others."
  ([nodes] (split-one (random/one-of (vec nodes)) nodes))
  ([node nodes] [[node] (remove #{node} nodes)]))

(defn complete-grudge
  "A grudge by which nobody hears those of another component."
  [components]
  (let [components (map set components)
        all (reduce set/union #{} components)]
    (into {} (for [component components node component]
               [node (set/difference all component)]))))

(defn bridge
  "A grudge by which two halves do not hear each other, but for one node that hears all."
  [nodes]
  (let [[a [between & b]] (bisect nodes)]
    (-> (complete-grudge [a b])
        (dissoc between))))

(defn majorities-ring
  "A grudge by which each node hears a majority, and no two the same one."
  [nodes]
  (let [nodes (random/mixed nodes)
        n (count nodes)
        heard (inc (quot n 2))
        side (quot (dec heard) 2)]
    (into {} (map-indexed
              (fn [i node]
                (let [near (into #{} (map #(nth nodes (mod (+ (long i) (long %)) n)))
                                 (range (- side) (+ heard (- side))))]
                  [node (set/difference (set nodes) near)])))
          nodes)))

(defn partitioner
  "`:start` cuts the network by the operation's grudge, or by `(grudge nodes)`; `:stop` mends it."
  ([] (partitioner nil))
  ([grudge]
   (reify
     Nemesis
     (setup! [this _] this)
     (invoke! [_ {:keys [net nodes] :as test} {:keys [f value] :as op}]
       (case f
         :start (let [cut (or value (if grudge
                                      (grudge nodes)
                                      (throw (IllegalArgumentException.
                                              (str "a partition needs a grudge: " (pr-str op))))))]
                  (net/drop-all! net test cut)
                  (assoc op :value [:isolated cut]))
         :stop (do (net/heal! net test)
                   (assoc op :value :network-healed))))
     (teardown! [_ {:keys [net] :as test}] (net/heal! net test))
     Reflection
     (fs [_] #{:start :stop}))))

(defn partition-halves [] (partitioner (comp complete-grudge bisect)))
(defn partition-random-halves [] (partitioner (comp complete-grudge bisect random/mixed)))
(defn partition-random-node [] (partitioner (comp complete-grudge split-one)))
(defn partition-majorities-ring [] (partitioner majorities-ring))

;; ---- several

(defn- renamed [f-of f]
  (if (set? f-of) (f-of f) (get f-of f)))

(defn compose
  "Several nemeses as one: a map from a set of `:f`, or from a map that renames them, to a nemesis; or
  a list of nemeses that say themselves what they understand."
  [nemeses]
  (let [routes (if (map? nemeses)
                 nemeses
                 (into {} (map (fn [n] [(fs n) n])) nemeses))]
    (reify
      Nemesis
      (setup! [_ test]
        (compose (into {} (map (fn [[f-of n]] [f-of (setup! n test)])) routes)))
      (invoke! [_ test {:keys [f] :as op}]
        (if-let [[f' n] (first (keep (fn [[f-of n]] (when-let [f' (renamed f-of f)] [f' n])) routes))]
          (assoc (invoke! n test (assoc op :f f')) :f f)
          (throw (IllegalArgumentException. (str "no nemesis does " f)))))
      (teardown! [_ test]
        (doseq [n (vals routes)] (teardown! n test)))
      Reflection
      (fs [_] (into #{} (mapcat #(if (set? %) % (keys %))) (keys routes))))))

(defn f-map
  "The nemesis, understanding `(lift f)` for each f of its own."
  [lift nemesis]
  (let [back (into {} (map (fn [f] [(lift f) f])) (fs nemesis))]
    (reify
      Nemesis
      (setup! [_ test] (f-map lift (setup! nemesis test)))
      (invoke! [_ test {:keys [f] :as op}]
        (assoc (invoke! nemesis test (assoc op :f (back f))) :f f))
      (teardown! [_ test] (teardown! nemesis test))
      Reflection
      (fs [_] (set (keys back))))))
