(ns cairn.jepsen.realtime
  "Drives a test in real time: one thread for each worker, one loop that asks the generator."
  (:require [cairn.jepsen.generator :as gen]
            [cairn.jepsen.interpreter :as interpreter]
            [cairn.jepsen.random :as random]
            [cairn.jepsen.worker :as worker])
  (:import (cairn.model.choice Choices)
           (java.util ArrayList)
           (java.util.concurrent LinkedBlockingQueue SynchronousQueue TimeUnit)))

(set! *warn-on-reflection* true)

(defn- carry-out [w test op]
  (case (:type op)
    :sleep (do (.sleep TimeUnit/NANOSECONDS (gen/nanos (:value op))) op)
    :log (do (println (:value op)) op)
    (worker/carry-out w test op)))

(defn- start!
  "A thread that carries out what is put into its queue, until that is `::end`."
  [w test source ^LinkedBlockingQueue completions]
  (let [queue (SynchronousQueue.)
        thread (Thread/startVirtualThread
                (fn []
                  (random/with-source source
                    (loop []
                      (let [op (.take queue)]
                        (when-not (= ::end op)
                          (.put completions (carry-out w test op))
                          (recur)))))))]
    {:queue queue :thread thread}))

(defn run-test
  "Runs a test against its own clients, or its `:system`, and answers it with its `:history`."
  [test ^Choices choices]
  (random/with-source (random/source choices "generator")
    (let [history (ArrayList.)
          completions (LinkedBlockingQueue.)
          threads (conj (vec (range (:concurrency test))) :nemesis)
          workers (into {} (map (fn [t] [t (worker/worker t)])) threads)
          test' (worker/set-up! test)
          running (into {}
                        (map (fn [t]
                               ;; Clients draw from choices of their own: their order is not ours.
                               [t (start! (workers t) test' (random/source choices (str "worker " t)) completions)]))
                        threads)
          origin (System/nanoTime)
          now #(- (System/nanoTime) origin)]
      (try
        (loop [core (interpreter/begin test' (:generator test) #(.add history %)) patience 0]
          (if-let [done (if (pos? (long patience))
                          (.poll completions (long patience) TimeUnit/NANOSECONDS)
                          (.poll completions))]
            (recur (interpreter/completed core (now) done) 0)
            (let [t (long (now))
                  [what core x thread] (interpreter/ask core t)]
              (case what
                :op (do (.put ^SynchronousQueue (:queue (running thread)) x)
                        (recur core 0))
                ;; Where nothing is known to come, whatever completes next ends the wait.
                :wait (recur core (if x (max 1 (- (long x) t)) Long/MAX_VALUE))
                :end nil))))
        (finally
          (doseq [{:keys [^SynchronousQueue queue ^Thread thread]} (vals running)]
            (when-not (.offer queue ::end 1 TimeUnit/SECONDS)
              (.interrupt thread)))
          (worker/tear-down! (vals workers) test')))
      (assoc test :history (vec history)))))
