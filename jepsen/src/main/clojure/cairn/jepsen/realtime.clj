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

(def ^:private most-patience
  "After so many nanoseconds without a completion somebody is asked whether to go on."
  100000000)

(defn- start!
  "A thread that carries out what is put into its queue, until that is `::end`. What is a mistake of
  the test's author is completed as the exception that it is."
  [w test source ^LinkedBlockingQueue completions]
  (let [queue (SynchronousQueue.)
        thread (Thread/startVirtualThread
                (fn []
                  (random/with-source source
                    (try
                      (loop []
                        (let [op (.take queue)]
                          (when-not (= ::end op)
                            (.put completions (carry-out w test op))
                            (recur))))
                      (catch InterruptedException _)
                      (catch Throwable e (.put completions e))))))]
    {:queue queue :thread thread}))

(defn- end!
  "Ends the threads: at once those that wait for an operation, and those that are at work after a
  moment, which matters only when the test is cut short."
  [threads]
  (let [busy (vec (remove (fn [{:keys [^SynchronousQueue queue]}] (.offer queue ::end 20 TimeUnit/MILLISECONDS))
                          threads))]
    (doseq [{:keys [^Thread thread]} busy] (.interrupt thread))
    (doseq [{:keys [^Thread thread]} busy] (.join thread 1000))))

(defn run-test
  "Runs a test against its own clients, or its `:system`, and answers it with its `:history`. While
  nothing completes, `go-on!` is called now and then; what it throws ends the test. A test whose
  thread is interrupted ends there and is `:interrupted`: its history is what happened until then."
  ([test choices] (run-test test choices (fn [])))
  ([test ^Choices choices go-on!]
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
           now #(- (System/nanoTime) origin)
           interrupted?
           (try
             (loop [core (interpreter/begin test' (:generator test) #(.add history %)) patience 0]
               (let [done (if (pos? (long patience))
                            (.poll completions (min (long patience) (long most-patience)) TimeUnit/NANOSECONDS)
                            (.poll completions))]
                 (cond
                   (instance? Throwable done) (throw done)
                   done (recur (interpreter/completed core (now) done) 0)
                   :else
                   (let [t (long (now))
                         [what core x thread] (interpreter/ask core t)]
                     (when (< (long most-patience) (long patience)) (go-on!))
                     (case what
                       :op (do (.put ^SynchronousQueue (:queue (running thread)) x)
                               (recur core 0))
                       ;; Where nothing is known to come, whatever completes next ends the wait.
                       :wait (recur core (if x (max 1 (- (long x) t)) Long/MAX_VALUE))
                       :end false)))))
             (catch InterruptedException _ true)
             (finally
               (end! (vals running))
               (worker/tear-down! (vals workers) test')))]
       (cond-> (assoc test :history (vec history))
         interrupted? (assoc :interrupted true))))))
